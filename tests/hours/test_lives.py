"""The lives for everybody's own calendar: when they begin and end, in a file that telephones take."""

from __future__ import annotations

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.rules.lesson import Lesson
from tests.kit.office import see

LONG = "高层住宅火灾逃生，以及人员密集场所疏散演练的组织办法；下集,附问答" * 2


def events(file: bytes) -> list[dict[str, str]]:
    """The events of a calendar file, by the rules of RFC 5545: folded lines joined, names before the first colon or semicolon."""
    assert file.endswith(b"\r\n")
    assert max(len(line) for line in file.split(b"\r\n")) <= 75
    found: list[dict[str, str]] = []
    for line in file.decode().replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name not in {"BEGIN", "END"}:
            found[-1][name.partition(";")[0]] = value.replace("\\,", ",").replace("\\;", ";")
    return found


def test_the_first_page_offers_the_lives_once_one_has_a_start(pages):
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("V1", "家庭用电安全", 100, 60, "科普视频", "家庭"))
    assert "lives.ics" not in see(pages, "/", "nobody")
    assert events(pages.browser().get("/lives.ics").data) == []
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("Z2", LONG, 150, 90, "专家直播", "学校", starts_at="2023-06-20T11:30:00Z"))
        describe_lesson(w, Lesson("Z1", "火场逃生", 100, 60, "专家直播", "学校", starts_at="2023-06-05T11:00:00Z"))
        describe_lesson(w, Lesson("Z1R", "火场逃生重播", 100, 60, "直播重播", "学校", "Z1", "2023-06-06T11:00:00Z"))
    assert "lives.ics" in see(pages, "/", "nobody")
    answer = pages.browser().get("/lives.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    first, second = events(answer.data)
    assert (first["SUMMARY"], first["DTSTART"], first["DTEND"]) == ("火场逃生", "20230605T110000Z", "20230605T120000Z")
    assert (second["SUMMARY"], second["DTEND"]) == (LONG, "20230620T130000Z")
    assert "1.50 课时" in second["DESCRIPTION"]
    assert first["UID"] != second["UID"]


def test_office_and_desk_lead_to_the_calendar_too(pages):
    def offered():
        return ["lives.ics" in see(pages, path, who) for path, who in (("/office/lessons/", "root"), ("/desk/", "dora"))]

    assert offered() == [False, False]
    for start, shown in (("2023-06-01T11:00:00Z", [True, False]), ("2023-06-20T11:30:00Z", [True, True])):
        with pages.store.writing() as w:
            describe_lesson(w, Lesson("Z1", "火场逃生", 100, 60, "专家直播", "学校", starts_at=start))
        assert offered() == shown


def test_a_live_that_is_put_off_keeps_its_place_in_the_calendar(pages):
    told = []
    for start in ("2023-06-05T11:00:00Z", "2023-06-07T11:00:00Z"):
        with pages.store.writing() as w:
            describe_lesson(w, Lesson("Z1", "火场逃生", 100, 60, "专家直播", "学校", starts_at=start))
        (event,) = events(pages.browser().get("/lives.ics").data)
        told.append(event)
    assert told[0]["UID"] == told[1]["UID"]
    assert told[1]["DTSTART"] == "20230607T110000Z"


def test_next_years_live_does_not_take_the_place_of_this_years(pages):
    told = []
    for start in ("2023-06-05T11:00:00Z", "2024-06-05T11:00:00Z"):
        with pages.store.writing() as w:
            describe_lesson(w, Lesson("Z1", "火场逃生", 100, 60, "专家直播", "学校", starts_at=start))
        told += events(pages.browser().get("/lives.ics").data)
        with pages.store.writing() as w:
            open_activity(w, "escape-drill-2023", "2024")
    assert [each["DTSTART"][:4] for each in told] == ["2023", "2024"]
    assert told[0]["UID"] != told[1]["UID"]
