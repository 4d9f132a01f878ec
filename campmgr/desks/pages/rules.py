"""The camp's rules in the office: every setting with the notice's words, and each change with its reason."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, url_for

from campmgr.accounts.queries import holds_all
from campmgr.areas.camp import actions
from campmgr.areas.camp.queries import Amendment, amendments
from campmgr.areas.hours.queries.amend_preview import Preview, amend_preview, touches_people
from campmgr.clock import local_text
from campmgr.desks.pages.setup import SECTIONS
from campmgr.errors import BadInput, NotFound
from campmgr.facts.world import World
from campmgr.settings.choice_words import CHOICE_WORDS
from campmgr.settings.fields import Field
from campmgr.settings.preset import FIELDS, RuleLine, show, value_of
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.forms import Form
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_rules", __name__, url_prefix="/office/rules")

_FIXED = {"preset.name", "preset.units_file"}
"""Where the camp came from: told, not changed."""

_PREVIEWED = 20_000
"""How many people a page counts again before it answers; the command line counts everybody."""

_LONG = 60
"""A text at least this long gets a field of several lines."""


@dataclass(frozen=True, slots=True)
class ShownRule:
    """A setting, its value in words, and whether it can be changed here."""

    line: RuleLine
    words: str
    fixed: bool


@dataclass(frozen=True, slots=True)
class RulesPage:
    """Every setting by section, those that the notice leaves open, and every change so far."""

    decisions: tuple[ShownRule, ...]
    sections: tuple[tuple[str, tuple[ShownRule, ...]], ...]
    history: tuple[tuple[Amendment, str], ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class RulePage:
    """One setting to change: how it is typed ("choice", "date", "datetime-local", "number", "text", "lines"), its history.

    `is_shown_first`: whom a change would touch is shown before it is made.
    """

    rule: ShownRule
    typed_as: str
    value: str
    options: tuple[tuple[str, str], ...]
    required: bool
    is_shown_first: bool
    history: tuple[Amendment, ...]
    form: Form


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """What a change would do, before it is made; `value` and `reason` as they were typed, `shown` the value in words."""

    rule: ShownRule
    shown: str
    value: str
    reason: str
    preview: Preview
    seen: str
    form: Form


@area.get("/")
@require("organizer")
def rules() -> Answer:
    """Every setting of the camp."""
    with reading() as (r, world):
        shown = [_shown(line) for line in show(world.rules)]
        history = tuple((each, FIELDS[each.key].label if each.key in FIELDS else each.key) for each in amendments(r))
        may_change = holds_all(world, me())
    by_section = groupby((each for each in shown if not each.line.is_open), key=lambda each: each.line.key.split(".")[0])
    sections = tuple((_(SECTIONS[name]), tuple(lines)) for name, lines in by_section)
    decisions = tuple(each for each in shown if each.line.is_open)
    return respond.page("desks/rules.html", RulesPage(decisions, sections, history, may_change))


@area.get("/<key>")
@require("organizer")
def rule(key: str) -> Answer:
    """The form to change one setting. Raises NotFound."""
    return _form(key, Form())


@area.post("/<key>")
@require("organizer")
def rule_sent(key: str) -> Answer:
    """Change one setting for everyone, with the reason; what changes people's hours is shown first, and confirmed."""
    form = Form.sent()
    reason = form.text("reason", most=200)
    about = _about(key)
    typed = form.typed("value").replace("\r\n", "\n").strip()
    if not form.errors:
        page = _preview(key, about, typed, reason, form)
        if page is not None:
            return respond.page("desks/rule_preview.html", page)
    if not form.errors:
        with writing() as (w, world):
            account = whole_camp(world)
            try:
                actions.amend_rule(w, key, _as_read(about, typed), reason, account.actor)
            except BadInput as problem:
                form.wrong("value", problem.sentence.removeprefix(f"{key}："))
            else:
                return respond.changed(url_for("office_rules.rules"))
    return _form(key, form, 422)


def _preview(key: str, about: Field, typed: str, reason: str, form: Form) -> PreviewPage | None:
    """What is asked before a change that touches people; None once it was seen under these very rules, or touches nobody."""
    if not touches_people(key):
        return None
    with reading() as (r, world):
        whole_camp(world)
        seen = f"{world.in_force.digest} {typed}"
        if form.typed("seen") == seen:
            return None
        try:
            found = amend_preview(r, world, key, _as_read(about, typed), limit=_PREVIEWED)
        except BadInput as problem:
            form.wrong("value", problem.sentence.removeprefix(f"{key}："))
            return None
        if found.is_whole and found.changes_nothing:
            return None
        now, then = (next(line for line in show(rules) if line.key == key) for rules in (world.rules, found.rules))
    return PreviewPage(_shown(now), _shown(then).words, typed, reason, found, seen, form)


def _as_read(about: Field, typed: str) -> str:
    """A list comes one entry a line: sentences have commas of their own."""
    if about.type != "tuple[str, ...]":
        return typed
    return json.dumps([line.strip() for line in typed.split("\n") if line.strip()], ensure_ascii=False)


def _about(key: str) -> Field:
    if key not in FIELDS or key in _FIXED:
        raise NotFound("没有这一项可以修改的设置。", reason="unknown_rule", hint="请从规则页进入。")
    return FIELDS[key]


def _form(key: str, form: Form, status: int = 200) -> Answer:
    about = _about(key)
    with reading() as (r, world):
        whole_camp(world)
        line = next(each for each in show(world.rules) if each.key == key)
        history = tuple(each for each in amendments(r) if each.key == key)
        value = _typed(world, about)
    page = RulePage(_shown(line), _typed_as(about, value), value, _options(about), about.form == "filled", touches_people(key),
                    history, form)  # fmt: skip
    return respond.page("desks/rule.html", page, status)


def _typed(world: World, about: Field) -> str:
    """The value as its field in the form holds it."""
    value = value_of(world.rules, about.key)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "\n".join(value)
    return local_text(value)[:16] if about.form == "instant" and isinstance(value, str) and value else str(value)


def _typed_as(about: Field, value: str) -> str:
    if about.type == "bool" or (about.allowed and about.type == "str"):
        return "choice"
    if about.type == "tuple[str, ...]" or len(value) >= _LONG or "\n" in value:
        return "lines"
    return {"day": "date", "instant": "datetime-local"}.get(about.form, "number" if about.type == "int" else "text")


def _options(about: Field) -> tuple[tuple[str, str], ...]:
    words = ("是", "否") if about.type == "bool" else about.allowed
    return tuple((word, _(CHOICE_WORDS.get(word, word))) for word in words)


def _shown(line: RuleLine) -> ShownRule:
    words = _(CHOICE_WORDS[line.value]) if line.allowed and line.value in CHOICE_WORDS else line.value
    if FIELDS[line.key].form == "instant" and line.value:
        words = local_text(line.value)[:16].replace("T", " ")
    return ShownRule(line, words, line.key in _FIXED)
