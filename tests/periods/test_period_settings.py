"""What notices leave open about periods is a setting: each has words, a default, and refuses what it cannot be."""

from __future__ import annotations

import pytest

from campmgr.periods.settings import SECTIONS, Deadlines, HandIns, Meetings, Nodes, Quotas, Timeliness
from campmgr.settings.complaints import Complaint
from campmgr.settings.reading import read_text
from campmgr.settings.sections import Sections

KNOWN = Sections(SECTIONS)


def test_every_setting_has_a_chinese_label_and_each_of_its_values_has_words():
    assert [each.shape for each in SECTIONS] == [Deadlines, Timeliness, Quotas, HandIns, Meetings, Nodes]
    for about in KNOWN.fields.values():
        assert about.label
        assert all(about.say(value) != value for value in about.allowed), about.key


def test_what_the_notices_leave_open_is_asked_for():
    assert {key for key, about in KNOWN.fields.items() if about.is_open} == {
        "deadlines.off_work", "deadlines.before", "timeliness.counted", "quotas.week_of", "quotas.starts_on",
        "quotas.partial_first", "quotas.holiday_weeks", "handins.last_week", "handins.early", "handins.late",
        "meetings.first_due", "nodes.week_119",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "typed", "read"),
    [("deadlines.off_work", "17:30", "17:30"), ("deadlines.off_work", "下午5点半", "17:30"), ("deadlines.off_work", "18：00", "18:00"),
     ("quotas.starts_on", "2022年2月28日", "2022-02-28"), ("quotas.week_of", "thursday", "thursday"), ("timeliness.days", "２", 2)],
)  # fmt: skip
def test_settings_as_somebody_types_them(key, typed, read):
    assert read_text(KNOWN.fields[key], typed) == read


@pytest.mark.parametrize(
    ("key", "typed"),
    [("deadlines.off_work", ""), ("deadlines.off_work", "下班"), ("deadlines.off_work", "25:00"), ("deadlines.off_work", "x" * 5000),
     ("quotas.starts_on", "2月28日"), ("quotas.week_of", "friday"), ("timeliness.days", "0"), ("handins.last_week", "最后一周")],
)  # fmt: skip
def test_what_a_setting_cannot_be(key, typed):
    assert isinstance(read_text(KNOWN.fields[key], typed), Complaint)
