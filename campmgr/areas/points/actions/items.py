"""Reporting an item, and changing what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from campmgr.areas.points.fold.reading import item_id
from campmgr.areas.points.queries.items import ItemLine, known_items
from campmgr.areas.points.queries.rows import row_of
from campmgr.areas.points.queries.scoring import scoring_of
from campmgr.areas.points.rules.worth import Scoring
from campmgr.areas.points.settings import ARTICLE, SHORT_NEWS, SORTS, Points
from campmgr.clock import local_day, parse_day, parse_instant, utc_text
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.store.door import Writer
from campmgr.wording import name_key

LONGEST_TITLE = 200
PACKED = (".zip", ".rar", ".7z")
"""How a packed file's name ends."""


@dataclass(frozen=True, slots=True)
class Report:
    """An item as somebody reports it: `sent_at` an instant, `characters` rule -> how many, `author` the id of a person or ""."""

    sort: str
    title: str
    event_on: str
    sent_at: str
    characters: Mapping[str, int] = field(default_factory=dict)
    section: str = ""
    tags: tuple[str, ...] = ()
    author: str = ""
    urgent: bool = False
    file: str = ""
    sha256: str = ""
    source: str = "page"


class WrongField(BadInput):
    """Something of an item is wrong; `column`: which field of it."""

    column = ""


def wrong_field(column: str, sentence: str, reason: str, hint: str = "") -> WrongField:
    """A complaint about a field of an item."""
    problem = WrongField(sentence, reason=reason, hint=hint)
    problem.column = column
    return problem


def checked(report: Report, activity: Activity, scoring: Scoring, today: str) -> Report:
    """A report as it is kept. Raises WrongField with a sentence for whoever typed it."""
    title, first = " ".join(report.title.split()), f"{activity.rules[Points].year}-01-01"
    if report.sort not in SORTS:
        raise wrong_field("sort", f"类型“{report.sort}”不认识；可以是：{'、'.join(SORTS)}。", "unknown_word")
    if not 0 < len(title) <= LONGEST_TITLE:
        raise wrong_field("title", f"标题请写 1 到 {LONGEST_TITLE} 个字。", "too_long" if title else "missing_value")
    sent = _instant(report.sent_at)
    sent_on, event_on = local_day(parse_instant(sent)), _day(report.event_on)
    if sent_on > local_day(parse_instant(today) + timedelta(days=1)):
        raise wrong_field("sent_at", f"报送时间（{sent_on}）还没有到。", "bad_date", "请核对日期。")
    if sent_on < first:
        raise wrong_field("sent_at", f"报送时间（{sent_on}）在 {first} 以前，不属于这个年度。", "out_of_range", "请核对日期。")
    if not event_on and scoring.must_be_in_time(report.sort, urgent=report.urgent) and report.sort in SHORT_NEWS:
        raise wrong_field("event_on", "请填事件日期：时限从那一天算起。", "missing_value")
    if event_on > sent_on:
        raise wrong_field("event_on", f"事件日期（{event_on}）在报送（{sent_on}）以后。", "bad_date", "请核对两个日期。")
    if event_on and event_on < first:
        raise wrong_field("event_on", f"事件日期（{event_on}）在 {first} 以前，不属于这个年度。", "out_of_range", "请核对日期。")
    if report.file and not report.file.casefold().endswith(PACKED):
        raise wrong_field("file", f"附件“{report.file[:60]}”不是压缩文件。", "unreadable_file", "文字、图片请打包成压缩文件。")
    if report.sort == ARTICLE and not report.characters:
        raise wrong_field("characters", "请填字数：综合性原创文章要够字数才抵任务。", "missing_value")
    return Report(report.sort, title, event_on, sent, dict(report.characters), report.section.strip(), tuple(report.tags),
                  report.author, report.urgent, report.file, report.sha256, report.source)  # fmt: skip


def item_draft(
    activity: Activity, unit: str, report: Report, before: ItemLine | None, *, actor: str = "", batch: str | None = None
) -> Draft | None:
    """What makes an item say this: all of a new one, of a known one what differs; None where it says so already."""
    said = _body(report)
    if before is not None:
        known = _known(before)
        said = {name: value for name, value in said.items() if name in known and known[name] != value and value not in ("", {}, [])}
        if not said:
            return None
        if name_key(report.title) != name_key(before.title):
            said.pop("title", None)  # its title was corrected since; a sheet of before does not bring the old one back
        if not said:
            return None
    about = before.item if before else id_of(activity, unit, report)
    return Draft(unit, "item_reported", subject("item", about), {"activity": activity.id, **said}, actor=actor, batch=batch,
                 happened_on=local_day(parse_instant(report.sent_at)))  # fmt: skip


def id_of(activity: Activity, unit: str, report: Report) -> str:
    """The id of the item that a report is about."""
    return item_id(activity.id, unit, report.sort, report.event_on, report.title)


def report_item(w: Writer, activity: Activity, unit: str, report: Report, actor: str = "") -> tuple[str, Fact | None]:
    """Report an item, or change the one of this unit, sort, day and title: its id, and the fact, None where it says so already.

    Raises WrongField, Refused for a unit that no table names, NotAllowed.
    """
    world = worlds.load(w)
    row_of(w, world, activity, unit)
    kept = checked(report, activity, scoring_of(world, activity), utc_text(w.clock.now()))
    key = id_of(activity, unit, kept)
    draft = item_draft(activity, unit, kept, known_items(w, [key]).get(key), actor=actor)
    return key, say(w, [draft])[0].fact if draft else None


def _body(report: Report) -> dict[str, Any]:
    return {"sort": report.sort, "title": report.title, "event_on": report.event_on, "sent_at": report.sent_at,
            "characters": dict(report.characters), "section": report.section, "tags": list(report.tags), "author": report.author,
            "urgent": report.urgent, "file": report.file, "sha256": report.sha256, "source": report.source}  # fmt: skip


def _known(line: ItemLine) -> dict[str, Any]:
    """What is compared of a known item; where it came from first stays."""
    return {"title": line.title, "sent_at": line.sent_at, "characters": dict(line.characters), "section": line.section,
            "tags": list(line.tags), "author": line.author, "urgent": line.urgent, "file": line.file,
            "sha256": line.sha256}  # fmt: skip


def _instant(text: str) -> str:
    try:
        return utc_text(parse_instant(text))
    except (ValueError, OverflowError) as problem:
        raise wrong_field("sent_at", f"“{text[:40]}”不是时间。", "bad_date", "请写成 2022-03-06 23:30。") from problem


def _day(text: str) -> str:
    try:
        return parse_day(text) if text.strip() else ""
    except ValueError as problem:
        raise wrong_field("event_on", f"“{text[:40]}”不是日期。", "bad_date", "请写成 2022-03-06。") from problem
