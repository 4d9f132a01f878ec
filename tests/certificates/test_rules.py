"""The wording of certificates, and in whose name they are issued (F-04)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campmgr.areas.certificates.rules import clauses, issuers_of
from campmgr.areas.certificates.settings import Certificate
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput

VALUES = {"name": "王芳", "unit": "演练小学", "hours": "8.50", "camp": "“甲，乙”", "date": "2023年6月10日"}


def _text(made) -> str:
    return "".join("".join(part.text for part in clause.parts) + clause.stop for clause in made)


def test_the_wording_is_cut_at_its_own_stops_and_never_inside_a_value():
    made = clauses("参加{训练营}，完成 { hours } 课时。", VALUES)
    assert [[part.text for part in clause.parts] + [clause.stop] for clause in made] == [
        ["参加", "“甲，乙”", "，"],
        ["完成 ", "8.50", " 课时", "。"],
    ]
    assert [part.key for clause in made for part in clause.parts] == ["", "camp", "", "hours", ""]


@given(st.lists(st.sampled_from(["王，", "{姓名}", "{unit}", "。", "特发此证", " 8.5 ", "{日期}"])))
def test_nothing_of_a_wording_is_lost(pieces):
    wording = "".join(pieces)
    filled = wording.replace("{姓名}", "王芳").replace("{unit}", "演练小学").replace("{日期}", "2023年6月10日")
    assert _text(clauses(wording, VALUES)) == filled


@pytest.mark.parametrize("wording", ["参加{学校}", "{", "}", "{{姓名}}", "{}", "  ", "{姓名", "字" * 4001])
def test_a_wording_that_cannot_be_filled_in_is_refused(wording):
    with pytest.raises(BadInput, match=r"certificate\.wording"):
        CATALOGUE.book.preset("escape-drill-2023").with_change("certificate.wording", wording)


@pytest.mark.parametrize(
    ("key", "value"),
    [("template", "../x.typ"), ("template", "x.typ.txt"), ("template", ".typ"), ("template", "a/b.typ"), ("seal", "红章.png")],
)
def test_names_that_lead_elsewhere_are_refused(key, value):
    with pytest.raises(BadInput, match=f"certificate.{key}"):
        CATALOGUE.book.preset("escape-drill-2023").with_change(f"certificate.{key}", value)


def test_the_bodies_of_the_notice_sign_only_once_exactly_they_are_confirmed():
    bodies = ("甲", "乙")
    assert issuers_of(Certificate(), "开营单位") == ("开营单位",)
    assert issuers_of(replace(Certificate(), issuers=bodies), "开营单位") == ("开营单位",)
    assert issuers_of(replace(Certificate(), issuers=bodies, issuers_confirmed=bodies), "开营单位") == bodies
    for other in (("乙", "甲"), ("甲",), ("甲", "乙", "丙"), ()):
        assert issuers_of(replace(Certificate(), issuers=bodies, issuers_confirmed=other), "开营单位") == ("开营单位",)
