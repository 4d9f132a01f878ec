"""The camp's lives as a calendar file (iCalendar, RFC 5545) that a telephone adds to its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.wording import hours_text


def calendar_file(camp: str, id_: str, lives: Sequence[tuple[Lesson, datetime]], now: datetime) -> bytes:
    """One event for each live with the instant at which it begins; a calendar that takes the file again knows each by its uid.

    `id_`: the camp's own, so that next year's live of the same code does not take the place of this year's.
    """
    from icalendar import Calendar, Event  # it brings a date library, and few pages need it -- slow import

    calendar = Calendar()
    for name, value in (("prodid", "-//campmgr//lives//ZH"), ("version", "2.0"), ("x-wr-calname", camp)):
        calendar.add(name, value)
    for lesson, begins in lives:
        event = Event()
        event.add("uid", f"{lesson.code}@{id_}")
        event.add("dtstamp", now)
        event.add("dtstart", begins.astimezone(UTC))
        event.add("dtend", begins.astimezone(UTC) + timedelta(minutes=max(lesson.length_minutes, 1)))
        event.add("summary", lesson.name)
        event.add("description", f"{camp} · {lesson.code} · {hours_text(lesson.hundredths)} 课时")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
