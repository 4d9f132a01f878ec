from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from campmgr.areas.camp.settings import Live
from campmgr.areas.hours.settings import Hours
from campmgr.areas.units.settings import Preset
from campmgr.areas.whole import CATALOGUE
from campmgr.areas.works.settings import Ranking
from campmgr.errors import BadInput
from campmgr.settings.reading import read_text, shown
from tests.house.sources import ROOT

BOOK = CATALOGUE.book
CAMP = BOOK.preset("escape-drill-2023")
PARTS = sorted((ROOT / "campmgr").rglob("presets/escape-drill-2023.toml"))


def refusal(text: str) -> BadInput:
    with pytest.raises(BadInput) as refused:
        BOOK.parse(text)
    return refused.value


def keys_of(part: Path) -> list[str]:
    written = tomllib.loads(part.read_text(encoding="utf-8"))
    return [f"{section}.{name}" for section, content in written.items() for name in content]


@pytest.mark.parametrize("name", BOOK.preset_names())
def test_rules_survive_the_ledger(name):
    rules = BOOK.preset(name)
    stored = json.loads(json.dumps(rules.to_mapping()))
    assert BOOK.from_mapping(stored) == rules
    assert BOOK.from_mapping(stored).digest() == rules.digest()
    assert rules[Preset].name == name


def test_the_stored_rules_hold_no_floats_and_no_nulls():
    for section in CAMP.to_mapping().values():
        for value in section.values():
            assert isinstance(value, str | int | list)
            assert not isinstance(value, list) or all(isinstance(each, str) for each in value)


def test_every_section_of_the_rules_is_in_the_table():
    assert {key.split(".")[0] for key in BOOK.fields} == {each.name for each in BOOK.sections.all} == set(CAMP.to_mapping())


def test_the_preset_writes_every_setting_out():
    written = [key for part in PARTS for key in keys_of(part)]
    assert sorted(written) == sorted(BOOK.fields)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.parents[1].name)
def test_a_part_of_the_preset_speaks_of_its_own_areas_settings(part):
    module = ".".join(part.relative_to(ROOT).parts[:-2])
    declared = {about.key for about in BOOK.fields.values() if about.section.__module__.startswith(f"{module}.")}
    assert set(keys_of(part)) == declared


def test_the_open_rows_have_the_defaults_of_the_requirements():
    assert {line.key: line.value for line in CAMP.show() if line.is_open} == {
        "live.ends_on": "",
        "people.keep_until": "",
        "hours.rule": "proportional",
        "hours.unit_minutes": "45",
        "hours.bands": "30=100、15=50、0=25",
        "hours.live_and_replay": "once",
        "hours.default_hundredths": "100",
        "hours.default_length_minutes": "45",
        "certificate.name_in_code": "full",
        "ranking.ties": "1-2-2-4",
        "ranking.per_person": "best",
        "ranking.at_cut": "all",
        "ranking.tie_breaks": "发布较早、先达到该点赞数、抽签",
        "ranking.draw_seed": "",
        "ranking.cut_off": "",
        "ranking.account_lists": "together",
        "publicity.days": "5",
        "publicity.counted": "working",
        "publicity.first_day": "counts",
        "publicity.shown_after": "0",
        "summaries.from_units": "addressees",
        "summaries.due_on": "",
    }


def test_a_key_that_an_older_ledger_lacks_takes_its_default():
    stored = CAMP.to_mapping()
    del stored["ranking"]["at_cut"]
    del stored["limits"]
    assert BOOK.from_mapping(stored) == CAMP


@pytest.mark.parametrize(
    ("text", "reason", "sentence"),
    [
        ('[camp]\nname="x"\n[hours]\nrul="x"', "unknown_rule", "hours.rul：没有这一项设置；是不是“hours.rule”？"),
        ('[camp]\nname="x"\n[hour]\n', "unknown_rule", "hour：没有这一项设置；是不是“hours”？"),
        ('hours = 3\n[camp]\nname="x"', "wrong_usage", "hours：现在是 3，应为一节设置（写成 [hours]）。"),
        ("[camp]\nyear=2023", "missing_value", "camp.name：没有写；训练营名称必填。"),
        ('[camp]\nname=" "', "missing_value", "camp.name：现在是 “ ”，应为不空的文字。"),
        ("[camp]\nname=3", "wrong_usage", "camp.name：现在是 3，应为一段文字。"),
        ('[camp]\nname="x"\nyear=2023.0', "bad_number", "camp.year：现在是 2023.0，应为一个整数（不带小数点）。"),
        ('[camp]\nname="x"\nyear=true', "bad_number", "camp.year：现在是 True，应为一个整数（不带小数点）。"),
        ('[camp]\nname="x"\n[hours]\nunit_minutes=0', "out_of_range", "应为 1 到 1440 之间的整数。"),
        ('[camp]\nname="x"\n[hours]\nrule="x"', "unknown_word", "应为其中之一：proportional、minutes_per_unit、bands。"),
        ('[camp]\nname="x"\nissuers="x"', "wrong_usage", "应为一列文字。"),
        ('[camp]\nname="x"\nissuers=["x","x"]', "wrong_usage", "应为不重复的一列文字。"),
        ('[camp]\nname="x"\n[works]\nfields=["海洋"]', "unknown_word", "works.fields：现在是 “海洋”"),
        ('[camp]\nname="x"\n[works]\nfields=[]', "missing_value", "应为至少一项。"),
        ('[camp]\nname="x"\n[live]\nends_on="30/6/2023"', "bad_date", "live.ends_on：现在是 “30/6/2023”，应为日期，如 2023-05-31"),
        ('[camp]\nname="x"\n[ranking]\ncut_off=3', "bad_date", "ranking.cut_off：现在是 3，应为时间"),
        ('[camp]\nname="x"\n[certificate]\nsign_in_required=1', "wrong_usage", "是或否"),
        (
            '[camp]\nname="x"\n[live]\nstarts_on="2023-06-02"\nends_on="2023-06-01"',
            "bad_date",
            "不早于 live.starts_on（2023-06-02）",
        ),
        ('[camp]\nname="' + "长" * 4001 + '"', "too_long", "不超过 4000 字"),
        ("[camp", "unreadable_file", "规则文件不是有效的 TOML"),
    ],
)
def test_a_complaint_names_the_key_what_was_found_and_what_is_expected(text, reason, sentence):
    found = refusal(text)
    assert found.reason == reason
    assert sentence in found.sentence
    assert found.hint


def test_all_complaints_come_at_once():
    _, found = BOOK.understood({"camp": {"nmae": "x", "year": 1.5}, "hour": {}, "hours": {"unit_minutes": 0}})
    assert [each.key for each in found] == ["camp.nmae", "camp.year", "hour", "hours.unit_minutes", "camp.name"]
    with pytest.raises(BadInput) as refused:
        BOOK.from_mapping({"hours": {"unit_minutes": 0}})
    assert len(refused.value.sentence.splitlines()) == 2


def test_dates_may_be_toml_dates_and_instants_are_stored_in_utc():
    rules = BOOK.parse('[camp]\nname="x"\n[live]\nstarts_on=2023-05-31\n[ranking]\ncut_off=2023-06-30T18:00:00')
    assert rules[Live].starts_on == "2023-05-31"
    assert rules[Ranking].cut_off == "2023-06-30T10:00:00Z"


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("live.ends_on", "2023-06-30", "2023-06-30"),
        ("live.ends_on", " ", ""),
        ("ranking.cut_off", "2023-06-30 18:00", "2023-06-30T10:00:00Z"),
        ("ranking.length", "５０", 50),
        ("certificate.follow_required", "是", True),
        ("certificate.sign_in_required", "False", False),
        ("camp.issuers", "甲、乙，丙", ("甲", "乙", "丙")),
        ("taking_part.steps", '["先看，再做", "签到"]', ("先看，再做", "签到")),
        ("works.accounts", "官方号", ("官方号",)),
        ("roll_up.not_participating", "", ()),
    ],
)
def test_a_typed_value_changes_one_setting(key, text, value):
    changed = CAMP.with_change(key, text)
    assert changed.value_of(key) == value
    assert [each for each in BOOK.fields if changed.value_of(each) != CAMP.value_of(each)] in ([key], [])
    assert (changed.digest() == CAMP.digest()) == (changed == CAMP)


@pytest.mark.parametrize(
    ("key", "text", "reason"),
    [
        ("ranking.lenght", "5", "unknown_rule"),
        ("nothing", "5", "unknown_rule"),
        ("ranking.length", "五", "bad_number"),
        ("ranking.length", "7.5", "bad_number"),
        ("ranking.length", "-1", "out_of_range"),
        ("ranking.ties", "1-2-3", "unknown_word"),
        ("certificate.sign_in_required", "maybe", "wrong_usage"),
        ("live.ends_on", "2023-02-30", "bad_date"),
        ("live.ends_on", "2023-05-30", "bad_date"),
        ("taking_part.steps", "[未完", "wrong_usage"),
        ("camp.name", "", "missing_value"),
    ],
)
def test_a_typed_value_that_does_not_fit_is_refused(key, text, reason):
    with pytest.raises(BadInput) as refused:
        CAMP.with_change(key, text)
    assert refused.value.reason == reason


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(BadInput, match=r"ranking\.length"):
        CAMP.value_of("ranking.lenght")


@pytest.mark.parametrize("key", BOOK.fields)
def test_what_is_shown_can_be_typed_back(key):
    value = CAMP.value_of(key)
    assert read_text(BOOK.fields[key], shown(value)) == value


def test_every_setting_has_a_chinese_label():
    for line in CAMP.show():
        assert any("\u4e00" <= character <= "\u9fff" for character in line.label), line.key


def test_a_fold_understands_what_it_can_of_a_newer_ledger():
    stored: dict = CAMP.to_mapping()
    stored["ranking"] = stored["ranking"] | {"ties": "by lot", "length": 50, "jury": "x"}
    stored["weather"] = {"rain": True}
    rules, complaints = BOOK.understood(stored)
    assert (rules[Ranking].ties, rules[Ranking].length, rules[Hours]) == ("1-2-2-4", 50, CAMP[Hours])
    assert [each.key for each in complaints] == ["ranking.ties", "ranking.jury", "weather"]
    assert BOOK.understood(CAMP.to_mapping()) == (CAMP, ())
    assert BOOK.understood({"hours": 3})[0][Hours] == BOOK.preset("camp")[Hours]
