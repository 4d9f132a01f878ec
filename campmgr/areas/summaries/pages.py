"""Units sum up and report (F-26): the unit's own page, the office's list of who has and who has not, and its answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import unit_for
from campmgr.areas.summaries.actions import LONGEST, judge_summary, write_summary
from campmgr.areas.summaries.queries import STATES, Summary, summaries_for, summary_of
from campmgr.areas.summaries.settings import Summaries
from campmgr.clock import today_of, week_day
from campmgr.errors import BadInput, Refused
from campmgr.facts.world import World
from campmgr.files.official_book import write_paper
from campmgr.files.official_paper import Group, Paper, PaperColumn, PaperPart
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.downloads import XLSX, download, written
from campmgr.web.forms import Form, shown_of
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

desk = Blueprint("summary", __name__, url_prefix="/desk/units/<code>/summary")
office = Blueprint("office_summaries", __name__, url_prefix="/office/summaries")


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """A unit's summary: what is asked, until when ("" for no day), the form for whoever may write."""

    summary: Summary
    asked: str
    due: str
    most: int
    may_write: bool
    shown: str
    form: Form


@dataclass(frozen=True, slots=True)
class SummariesPage:
    """Every unit that is asked: (state, words, how many) to narrow by, the lines of the state asked for, the reminder."""

    lines: tuple[Summary, ...]
    states: tuple[tuple[str, str, int], ...]
    state: str
    outstanding: int
    text: str
    due: str


@dataclass(frozen=True, slots=True)
class ReadPage:
    """One unit's summary to read and answer."""

    summary: Summary
    shown: str
    form: Form


@desk.get("")
@require("viewer")
def page(code: str) -> Answer:
    """A unit's own summary."""
    return _page(code, Form.kept())


@desk.post("")
@require("coordinator")
def write(code: str) -> Answer:
    """Keep the text as a draft, or hand it in."""
    form, account = Form.sent(), me()
    text, what = form.typed("text").replace("\r\n", "\n"), form.choice("what", ("draft", "hand_in"))
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        known = summary_of(w, world, unit)
        if known.text != text.strip():  # else it was pressed twice
            form.is_stale(shown_of(known.fact, known.state), _STALE)
        if not form.errors:
            with form.beside("text", BadInput, Refused):
                write_summary(w, unit, text, hand_in=what == "hand_in", actor=account.actor, client_id=form.client_id)
                words = _("已报送总结。") if what == "hand_in" else _("已存为草稿。")
                return told(w, words, url_for("summary.page", code=code))
    return _page(code, form, form.status)


_STALE = "这份总结刚才有了变化（本单位的另一位改过，或上级处理过）。下面还是您写的，还没有保存；请核对后再按一次。"


@office.get("/")
@require("organizer")
def listed() -> Answer:
    """Who has handed in and who has not; `state` in the address."""
    asked = request.args.get("state", "")
    state = asked if asked in STATES else ""
    with reading() as (r, world):
        lines = summaries_for(r, world, me())
        due = world.rules[Summaries].due_on
        late = [each for each in lines if each.is_outstanding]
        text = _reminder(world, late, today_of(r.clock))
    states = tuple((key, _(words), sum(1 for each in lines if each.state == key)) for key, words in STATES.items())
    shown = tuple(each for each in lines if state in {"", each.state})
    return respond.page("summaries/summaries.html", SummariesPage(shown, states, state, len(late), text, due))


@office.get("/list.xlsx")
@require("organizer")
def workbook() -> Answer:
    """The list with every text, as a workbook."""
    with reading() as (r, world):
        lines, today = summaries_for(r, world, me()), today_of(r.clock)
        paper = _paper(world, lines)

    def save(path: Path) -> None:
        write_paper(path, paper)

    return download(written(save), f"总结报送情况-{today}.xlsx", XLSX)


@office.get("/<code>")
@require("organizer")
def read(code: str) -> Answer:
    """One unit's summary. Raises NotFound for a hidden unit."""
    return _read(code, Form.kept())


@office.post("/<code>")
@require("organizer")
def answer(code: str) -> Answer:
    """Accept a summary, or return it with the reason, which the unit reads."""
    form, account = Form.sent(), me()
    accepted = form.choice("answer", ("accept", "return")) == "accept"
    reason = form.text("reason", required=False, most=200)
    with writing() as (w, world):
        unit = unit_for(world, account, code)
        known = summary_of(w, world, unit)
        if known.fact != form.typed("summary"):
            form.is_stale(shown_of(known.fact), _REWRITTEN)
        if not form.errors:
            with form.beside("reason", BadInput, Refused):
                judge_summary(w, unit, form.typed("summary"), accepted=accepted, reason=reason, actor=account.actor,
                              client_id=form.client_id)  # fmt: skip
                words = _("已通过 %(unit)s 的总结。") if accepted else _("已退回 %(unit)s 的总结。")
                return told(w, words % {"unit": unit.name}, url_for("office_summaries.listed"))
    return _read(code, form, form.status)


_REWRITTEN = "这份总结刚才改过，还没有处理。下面是现在的内容，请读过再按一次。"


def _page(code: str, form: Form, status: int = 200) -> Answer:
    account = me()
    with reading() as (r, world):
        found, rules = summary_of(r, world, unit_for(world, account, code)), world.rules[Summaries]
    shown = SummaryPage(
        found, rules.text, rules.due_on, LONGEST, account.has("coordinator"), shown_of(found.fact, found.state), form
    )
    return respond.page("summaries/desk_summary.html", shown, status)


def _read(code: str, form: Form, status: int = 200) -> Answer:
    with reading() as (r, world):
        found = summary_of(r, world, unit_for(world, me(), code))
    return respond.page("summaries/summary.html", ReadPage(found, shown_of(found.fact), form), status)


def _reminder(world: World, late: Sequence[Summary], today: str) -> str:
    """What to paste into a group chat; "" when nobody is late."""
    if not late:
        return ""
    due = world.rules[Summaries].due_on
    until = f"请于 {due}（{week_day(due)}）前" if due and due >= today else "请尽快"
    told = [
        f"{number}. {each.name}{'（已退回，待修改）' if each.state == 'returned' else ''}" for number, each in enumerate(late, 1)
    ]
    return "\n".join([f"【{world.name}】以下 {len(late)} 个单位还没有报送活动总结，{until}在系统中报送：", *told])


def _paper(world: World, lines: Sequence[Summary]) -> Paper:
    columns = (
        PaperColumn("单位", "text", 13), PaperColumn("上级", "name", 7), PaperColumn("情况", "name", 5),
        PaperColumn("日期", "code", 6), PaperColumn("总结", "text", 34), PaperColumn("处理说明", "text", 9),
    )  # fmt: skip
    rows = tuple(
        (
            each.name,
            each.city,
            each.words,
            each.judged_on or each.written_on,
            each.text if each.state != "draft" else "",
            each.reason,
        )
        for each in lines
    )
    counts = "　".join(f"{words} {sum(1 for each in lines if each.state == state)}" for state, words in STATES.items())
    return Paper((PaperPart("总结", f"{world.name}总结报送情况", columns, (Group(rows),), (counts,), wide=True),), "总结报送情况")
