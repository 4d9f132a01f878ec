"""Addresses and bodies that no page of ours sends: an answer that says so, never a fault, and no host that the asker made up."""

from __future__ import annotations

import re

import pytest

from tests.kit.desk_story import DESK
from tests.kit.pages import OWN

_INT = re.compile(r"<int:\w+>")


def test_numbers_larger_than_any_are_no_pages(pages):
    rules = [rule for rule in pages.app.url_map.iter_rules() if _INT.search(rule.rule)]
    assert len(rules) > 10
    for rule in rules:
        path = re.sub(r"<[^>]+>", "x", _INT.sub("9" * 30, rule.rule))
        for method in rule.methods & {"GET", "POST"}:
            assert pages.browser("root").open(path, method=method, headers=OWN).status_code == 404, path


@pytest.mark.parametrize("body", ["[" * 200_000, '{"scans":' * 20_000, "9" * 5_000, "\ud800"])
def test_json_that_is_none_of_ours_is_refused(pages, body):
    path, data = f"{DESK}/station/scans", body.encode("utf-8", "surrogatepass")
    answer = pages.browser("dora").post(path, data=data, content_type="application/json", headers=OWN)
    assert answer.status_code == 422


def test_an_address_without_its_stroke_leads_on_without_the_host_that_was_asked_for(pages):
    answer = pages.browser("root").get("/office?x=1", base_url="http://example.com")
    assert (answer.status_code, answer.headers["Location"]) == (308, "/office/?x=1")
    assert "evil" not in answer.text
    assert pages.browser("root").get("/board//rows", base_url="http://example.com").headers["Location"] == "/board/rows"
