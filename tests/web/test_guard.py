"""Foreign forms, headers, sizes, faults: what every address has in common."""

from __future__ import annotations

import re

import pytest

from campmgr.web.guard import POLICY
from tests.kit.pages import OWN, PASSWORD

GOOD = {"login": "dora", "password": PASSWORD}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Referer": "http://localhost/login"}, 303),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://evil.example.org"}, 403),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://evil.example.org", "Referer": "http://localhost/"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Referer": "http://localhost.example.org/"}, 403),
        ({"Referer": "http" + "://[broken"}, 403),
        ({}, 403),
    ],
)
def test_forms_are_taken_from_our_own_pages_only(pages, headers, status):
    assert pages.app.test_client().post("/login", data=GOOD, headers=headers).status_code == status


@pytest.mark.parametrize("path", ["/", "/login", "/nowhere", "/desk/", "/static/campmgr.css", "/link/none"])
@pytest.mark.parametrize("who", ["nobody", "dora"])
def test_every_answer_carries_the_headers(pages, path, who):
    response = pages.browser(who).get(path)
    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


def test_the_policy_names_no_host_and_allows_nothing_inline():
    assert "unsafe" not in POLICY
    assert "://" not in POLICY
    assert POLICY.startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("who", "path", "said"),
    [
        ("dora", "/desk/", "no-store"),
        ("dora", "/", "no-store"),
        ("nobody", "/", "no-cache"),
        ("nobody", "/nowhere", "no-store"),
        ("nobody", "/login", "no-store"),
    ],
)
def test_nothing_of_a_session_is_kept(pages, who, path, said):
    assert pages.browser(who).get(path).headers["Cache-Control"] == said


def test_static_files_are_kept_for_long_under_an_address_that_changes_with_them(pages):
    address = re.findall(r'href="(/static/campmgr\.css[^"]*)"', pages.browser().get("/").text)[0]
    assert re.fullmatch(r"/static/campmgr\.css\?v=[0-9a-f]{8}", address)
    assert "immutable" in pages.browser().get(address).headers["Cache-Control"]
    assert "immutable" not in pages.browser().get("/static/campmgr.css").headers["Cache-Control"]


def test_a_form_of_somebody_unknown_may_not_be_large(pages):
    response = pages.browser().post("/login", data={"login": "x" * 300_000, "password": "y"}, headers=OWN)
    assert response.status_code == 413
    assert "太大" in response.text


def test_nobody_sends_more_than_the_camp_takes(pages):
    with pages.store.reading() as r:
        limit = 64 * 1024 * 1024
        assert r.value("select rules from camp").count(str(limit)) == 1
    response = pages.browser("root").post(
        "/office/accounts/invite", headers=OWN, environ_overrides={"CONTENT_LENGTH": str(limit + 1)}
    )
    assert response.status_code == 413
    assert "调大导入文件的上限" in response.text


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/nowhere", 404), ("GET", "/logout", 405), ("DELETE", "/desk/", 405)]
)
def test_wrong_addresses_and_methods_are_told_in_chinese(pages, method, path, status):
    response = pages.browser("dora").open(path, method=method, headers=OWN)
    assert response.status_code == status
    assert re.search(r"<h1>[^<]*[\u4e00-\u9fff]", response.text)


def test_htmx_gets_a_refusal_as_a_fragment_for_its_place(pages):
    response = pages.browser("dora").get("/office/", headers={"HX-Request": "true"})
    assert response.status_code == 403
    assert response.headers["HX-Retarget"] == "#refusal"
    assert response.text.startswith('<div id="refusal"')
    assert "<html" not in response.text


def test_a_lost_log_in_tells_htmx_instead_of_swapping_the_log_in_page_into_a_table(pages):
    response = pages.browser().get("/desk/", headers={"HX-Request": "true"})
    assert (response.status_code, "请先登录" in response.text) == (403, True)


def test_a_fault_shows_a_code_and_never_a_traceback(pages, monkeypatch):
    def broken():
        raise RuntimeError("secret words")

    monkeypatch.setitem(pages.app.view_functions, "public.camp", broken)
    response = pages.browser().get("/")
    assert response.status_code == 500
    assert re.search(r"代号 [0-9a-f]{8}", response.text)
    assert "secret words" not in response.text
    assert "Traceback" not in response.text


def test_two_camps_on_one_machine_do_not_share_a_cookie(pages):
    client = pages.app.test_client()
    for port in (8000, 8001):
        client.post("/login", data=GOOD, base_url=f"http://localhost:{port}", headers={"Origin": f"http://localhost:{port}"})
    assert client.get("/desk/", base_url="http://localhost:8000").status_code == 200
    assert client.get("/desk/", base_url="http://localhost:8001").status_code == 200
    assert client.get("/desk/", base_url="http://localhost:8002").status_code == 303
