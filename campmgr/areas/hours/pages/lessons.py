"""The camp's lessons in the office: list, add, change (F-12, F-13, F-19)."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, url_for

from campmgr.accounts.queries import holds_all
from campmgr.areas.camp.settings import Topics
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.queries.lesson_list import LESSONS
from campmgr.areas.hours.rules.lesson import Lesson, lives_of
from campmgr.areas.hours.settings import Completion, Hours
from campmgr.areas.hours.world import lessons_of
from campmgr.clock import minute_text
from campmgr.errors import NotFound
from campmgr.facts.world import World
from campmgr.settings.rules import Rules
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form, shown_of
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.lists import ShownList, shown_list
from campmgr.web.respond import Answer
from campmgr.wording import hours_text, hundredths_of

area = Blueprint("office_lessons", __name__, url_prefix="/office/lessons")

_MOST = 100_000
"""Less than so many hundredths are taken for a lesson's class-hours."""


@dataclass(frozen=True, slots=True)
class LessonsPage:
    """The lessons, what all are worth (hundredths), whether the reader may change them, whether a calendar has lives."""

    listed: ShownList
    worth: int
    required: int
    may_change: bool
    has_lives: bool


@dataclass(frozen=True, slots=True)
class LessonFormPage:
    """A lesson to be added (None) or changed, and the words to choose from."""

    lesson: Lesson | None
    form: Form
    kinds: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]
    lives: tuple[tuple[str, str], ...]
    hours: str
    length: int
    starts_at: str
    shown: str


@area.get("/")
@require("organizer")
def lessons() -> Answer:
    """Every lesson of the camp."""
    with reading() as (r, world):
        every = lessons_of(world).values()
        worth = sum(lesson.hundredths for lesson in every if not lesson.replay_of)
        required = world.rules[Completion].required_hundredths
        found = LessonsPage(shown_list(r, world, LESSONS), worth, required, holds_all(world, me()), bool(lives_of(every)))
    return respond.page("hours/lessons.html", found)


@area.get("/new")
@require("organizer")
def new() -> Answer:
    """The form for another lesson."""
    return _form("", Form.kept())


@area.post("/new")
@require("organizer")
def new_sent() -> Answer:
    """Add a lesson; the same one sent again changes nothing."""
    form = Form.sent()
    return _take(form, form.text("code", most=40), known=False)


@area.get("/of/<path:code>")
@require("organizer")
def lesson(code: str) -> Answer:
    """The form to change a lesson. Raises NotFound."""
    return _form(code, Form.kept())


@area.post("/of/<path:code>")
@require("organizer")
def lesson_sent(code: str) -> Answer:
    """Change a lesson; everybody's hours follow."""
    return _take(Form.sent(), code, known=True)


def _take(form: Form, code: str, *, known: bool) -> Answer:
    with writing() as (w, world):
        account = whole_camp(world)
        _known(world, code if known else "")
        described = _read(form, code, world.rules)
        standing = lessons_of(world).get(code)
        if known and described != standing:  # else it was pressed twice
            form.is_stale(
                shown_of(standing),
                _("刚才有人改过这门课。下面还是您填的内容，请和现在的“%(name)s”核对后再按一次。")
                % {"name": standing.name if standing else ""},
            )
        if not known and standing not in {None, described}:
            form.wrong("code", "这个编号已经用于另一门课程，请换一个。")
        if described.replay_of and described.replay_of not in lessons_of(world):
            form.wrong("replay_of", "请从列表中选择一场直播。")
        if not form.errors:
            describe_lesson(w, described, account.actor)
            words = _("已修改课程 %(code)s。") if known else _("已新增课程 %(code)s。")
            return told(w, words % {"code": code}, url_for("office_lessons.lessons"))
    return _form(code if known else "", form, form.status)


def _read(form: Form, code: str, rules: Rules) -> Lesson:
    name, kind = form.text("name", most=100), form.choice("kind", rules[Hours].lesson_kinds)
    hundredths, length = _hundredths(form), form.number("length", 1, 1440) or 0
    field = form.choice("field", rules[Topics].fields, required=False)
    replay_of = form.text("replay_of", required=False, most=40) if kind == "直播重播" else ""
    starts_at = "" if replay_of else form.instant("starts_at", required=False)
    return Lesson(code, name, hundredths, length, kind, field, replay_of, starts_at)


def _hundredths(form: Form) -> int:
    """Class-hours as typed, "0.1" or "1.25", in hundredths."""
    found = hundredths_of(form.text("hours", most=8))
    if found is None or found >= _MOST:
        form.wrong("hours", "请填课时数，最多两位小数，例如 0.1 或 1.25。")
        return 0
    return found


def _known(world: World, code: str) -> Lesson | None:
    if code and code not in lessons_of(world):
        raise NotFound("没有这门课程。", reason="unknown_lesson", hint="请从课程列表进入。")
    return lessons_of(world).get(code)


def _form(code: str, form: Form, status: int = 200) -> Answer:
    with reading() as (_r, world):
        whole_camp(world)
        known, rules = _known(world, code), world.rules
        lives = tuple((each.code, f"{each.code} {each.name}") for each in lessons_of(world).values() if each.kind == "专家直播")
    hundredths = known.hundredths if known else rules[Hours].default_hundredths
    length = known.length_minutes if known else rules[Hours].default_length_minutes
    kinds, fields = ([(word, word) for word in words] for words in (rules[Hours].lesson_kinds, rules[Topics].fields))
    starts_at = minute_text(known.starts_at) if known and known.starts_at else ""
    page = LessonFormPage(
        known, form, tuple(kinds), tuple(fields), lives, hours_text(hundredths), length, starts_at, shown_of(known)
    )
    return respond.page("hours/lesson_form.html", page, status)
