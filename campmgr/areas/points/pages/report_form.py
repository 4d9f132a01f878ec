"""The form for an item: what it shows, and reading what was typed; the same for a new one and for one that is put right."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from campmgr.areas.points.actions.items import LONGEST_TITLE, Report
from campmgr.areas.points.files.attachments import packed_in
from campmgr.areas.points.pages.standing import DeskStand
from campmgr.areas.points.queries.items import ItemLine
from campmgr.areas.points.queries.roster import correspondents_of
from campmgr.areas.points.rules.characters import SAID
from campmgr.areas.points.settings import COUNT_RULES, SORTS, Articles, Tags
from campmgr.clock import local_day
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.settings.limits import Limits
from campmgr.store.door import Reader
from campmgr.web.forms import Form, shown_of
from campmgr.web.i18n import _
from campmgr.web.uploads import passing_upload

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """The form for an item: what can be chosen, how many characters an article needs, by which count; `before`: what is put right,
    and `shown`: as which it was drawn.
    """

    at: DeskStand
    sorts: Pairs
    sections: Pairs
    plan: tuple[str, ...]
    days: tuple[str, ...]
    authors: Pairs
    least: int
    counted: str
    now: str
    form: Form
    before: ItemLine | None = None
    shown: str = ""


def report_page(r: Reader, at: DeskStand, form: Form, before: ItemLine | None = None) -> ReportPage:
    """The form as it stands."""
    articles, tags = at.activity.rules[Articles], at.activity.rules[Tags]
    sorts, sections = tuple((each, _(each)) for each in SORTS), tuple((each, each) for each in tags.columns)
    return ReportPage(at, sorts, sections, tags.plan, tags.days, _authors(r, at), articles.least, COUNT_RULES[articles.count],
                      local_day(r.clock.now()), form, before, shown_of_item(before) if before else "")  # fmt: skip


def shown_of_item(line: ItemLine) -> str:
    """What a form that puts an item right was drawn for."""
    return shown_of(line.item, line.sort, line.title, line.event_on, line.sent_at, line.section, line.tags, line.author,
                    line.urgent, line.sha256, sorted(line.characters.items()))  # fmt: skip


def read_report(r: Reader, at: DeskStand, form: Form, otherwise: str, before: ItemLine | None = None) -> Report:
    """What was typed; what is wrong stands beside its field. `otherwise`: the instant where none was typed.

    Of one that is put right the file stays where no other was sent, and so does the length where none was typed.
    """
    tags = at.activity.rules[Tags]
    sort, title = form.choice("sort", SORTS), form.text("title", most=LONGEST_TITLE)
    event_on = form.day("event_on", required=False)
    untouched = before is not None and form.typed("sent_at") == before.sent_words  # it keeps its seconds
    sent_at = otherwise if untouched else form.instant("sent_at", required=False) or otherwise
    section = form.choice("section", tags.columns, required=False) if tags.columns else ""
    author = form.choice("author", [person for person, _name in _authors(r, at)], required=False)
    length = form.number("characters", 0, 1_000_000, required=False)
    told_of = {SAID: length} if length is not None else {}
    characters, name, digest = _sent(form, told_of, before, worlds.load(r).rules[Limits].import_bytes)
    chosen = form.choices("tags", (*tags.plan, *tags.days))
    return Report(sort, title, event_on, sent_at, characters, section, chosen, author, form.is_ticked("urgent"), name, digest)


def _sent(form: Form, told_of: dict[str, int], before: ItemLine | None, most_bytes: int) -> tuple[dict[str, int], str, str]:
    """How long it is, the file's name and digest."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        if before is not None:
            return told_of or dict(before.characters), before.file, before.sha256
        form.wrong("file", "请选择附件：文字、图片打包成一个 zip 文件，不能只写正文。")
        return told_of, "", ""
    try:
        with passing_upload(upload) as path:
            packed = packed_in(path, most_bytes)
            return packed.characters or told_of, packed.name, packed.sha256
    except BadInput as problem:
        form.refuse("file", problem)
        return told_of, "", ""


def _authors(r: Reader, at: DeskStand) -> Pairs:
    """The correspondents of the unit, former ones too: who left may have written what is put right."""
    return tuple({each.person: each.name for each in correspondents_of(r, at.activity, at.row.unit.unit)}.items())
