"""`campmgr calendar`: weeks, deadlines, windows and nodes without a data file."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from campmgr.desks.commands.calendar import calendar
from campmgr.errors import BadInput

HANDINS = tuple(
    part
    for each in ("collects_from=2023-04-01", "collects_to=2023-12-31", "first_due=2023-05-20")
    for part in ("--set", f"handins.{each}")
)


def _said(*args):
    ran = CliRunner().invoke(calendar, args, catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    return ran.stdout


def _json(*args):
    return json.loads(_said(*args, "--json"))


def test_when_a_moment_is():
    data = _json("when", "2022-03-06T16:10:00Z")
    assert (data["day"], data["weekday"], data["week"], data["month"], data["quarter"]) == (
        "2022-03-07", "周一", "2022-W10", "2022-03", "2022Q1",
    )  # fmt: skip
    made_up = _json("when", "2022-01-30", "--set", "quotas.week_of=thursday")
    assert (made_up["working"], made_up["moved"], made_up["week_belongs_to"]["month"]) == (True, True, "2022-01")
    assert "（调休）" in _said("when", "2022-01-30")
    assert "不在程序里" in _said("when", "2030-01-01")


def test_until_when_something_is_due():
    late = _json("due", "2024年5月29日下班前", "--at", "2024-05-29T17:30:01")
    assert (late["last"], late["in_time"], late["days_late"]) == ("2024-05-29T17:30:00+08:00", False, 0)
    assert _json("due", "2024年5月29日下班前", "--at", "2024-05-29T17:30:01", "--set", "deadlines.off_work=18:00")["in_time"]
    assert _json("due", "2022-04-29", "--after")["day"] == "2022-05-01"
    assert _json("due", "2022-04-29", "--after", "--set", "timeliness.counted=working")["day"] == "2022-05-06"
    assert "还有 2 天" in _said("due", "2022-03-04", "--at", "2022-03-02")


def test_what_is_owed():
    weeks = _json("owed", "week", "2022", "--set", "quotas.starts_on=2022-02-28")["rows"]
    assert len(weeks) == 44
    quarters = _json("owed", "quarter", "2020", "--issued", "2020-03-16", "--done", "2020-04-20", "--on", "2020-10-01")["rows"]
    assert [(each["period"], each["state"]) for each in quarters] == [("2020Q2", "done"), ("2020Q3", "short"), ("2020Q4", "open")]
    assert "整周放假" in _said("owed", "week", "2022-01", "--set", "quotas.holiday_weeks=excused")


def test_windows_and_where_a_hand_in_belongs():
    data = _json("windows", *HANDINS, "--at", "2023-07-01T00:10")
    assert [each["closes"] for each in data["rows"]] == ["2023-05-20", "2023-06-30", "2023-09-30", "2023-12-31"]
    assert (data["placed"]["period"], data["placed"]["missed"]) == ("2023Q3", "2023Q2")
    assert "算在2023年第二季度" in _said("windows", *HANDINS, "--at", "2023-06-30")
    refused = _json("windows", *HANDINS, "--at", "2023-07-01", "--for", "2023Q2", "--set", "handins.late=refuse")
    assert refused["placed"]["period"] is None


def test_a_notice_before_a_release():
    assert _json("notice", "2020-08-05T10:20", "2020-08-05T10:00") == {"lead_minutes": -20, "in_time": False}
    assert _said("notice", "2020-08-05T09:30", "2020-08-05T10:00").strip() == "提前 30 分钟"


def test_the_nodes_of_a_year():
    data = _json("nodes", "--year", "2024", "--set", "nodes.week_119=from_9")
    assert {each["name"]: each["from"] for each in data["nodes"]} | {} == {
        "元旦": "2024-01-01", "春节": "2024-02-10", "元宵节": "2024-02-24", "清明": "2024-04-04", "全国防灾减灾日": "2024-05-12",
        "安全生产月": "2024-06-01", "119消防宣传周": "2024-11-09",
    }  # fmt: skip
    assert (data["unknown_holidays"], _json("nodes", "--year", "2099")["unknown_holidays"]) == (False, True)


@pytest.mark.parametrize(
    "args",
    [
        ("when", "昨天"), ("when", "2022-02-30"), ("due", "下周五"), ("owed", "week", "2022-13"), ("windows",),
        ("nodes", "--year", "2100"),
        ("when", "2022-01-01", "--set", "quotas.week_off=monday"), ("when", "2022-01-01", "--set", "week_of"),
        ("when", "2022-01-01", "--set", "quotas.week_of=friday"), ("windows", *HANDINS, "--at", "2023-07-01", "--for", "夏天"),
        ("owed", "week", "2022", "--on", "2022-02-30"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(args):
    with pytest.raises(BadInput) as raised:
        _said(*args)
    assert raised.value.hint or "是不是" in raised.value.sentence
