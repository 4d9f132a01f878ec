"""The camp's rules in the office: every setting with the notice's words, and each change with its reason."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import holds_all
from campmgr.areas.camp import actions
from campmgr.areas.camp.queries import Amendment, amendments, rules_shown
from campmgr.areas.hours.queries.amend_preview import Preview, amend_preview, takes_long, touches_people
from campmgr.desks.pages.decisions import labelled
from campmgr.desks.pages.rule_values import as_kept, as_typed, in_words, is_needed
from campmgr.errors import BadInput, NotFound
from campmgr.files.qr_reading import read_qr
from campmgr.settings.fields import Field
from campmgr.settings.reading import day, hundredths, instant
from campmgr.settings.rules import RuleLine, Rules
from campmgr.web import respond, working
from campmgr.web.current import frame, has_camp, me, reading, writing
from campmgr.web.done import noted, told
from campmgr.web.forms import CLIENT_ID, Form, shown_of
from campmgr.web.guard import require, whole_camp
from campmgr.web.i18n import _
from campmgr.web.jobs import Job, Progress
from campmgr.web.respond import Answer

area = Blueprint("office_rules", __name__, url_prefix="/office/rules")

_PREVIEWED = 20_000
"""How many people a page counts again before it answers; the command line counts everybody."""

_CODES = {"taking_part.platform_code"}
"""Settings that hold what is in a QR code."""

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
    """One setting to change: how it is typed ("choice", "date", "moment", "hours", "number", "text", "lines"), its history.

    `is_shown_first`: whom a change would touch is shown before it is made. `is_code`: it is read out of a picture of a QR code.
    """

    rule: ShownRule
    typed_as: str
    value: str
    options: tuple[tuple[str, str], ...]
    required: bool
    is_shown_first: bool
    history: tuple[Amendment, ...]
    shown: str
    is_code: bool
    form: Form


@dataclass(frozen=True, slots=True)
class RulePreviewPage:
    """What a change would do, before it is made; `value` and `reason` as they were typed, `words` the value in words."""

    rule: ShownRule
    words: str
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
        rules = rules_shown(r, world)
        lines, fields = rules.show(), world.rules.sections.fields
        shown = {line.key: _shown(rules, line) for line in lines}
        history = tuple(_amended(each, fields.get(each.key)) for each in amendments(r, world))
        may_change = holds_all(world, me())
    settled = rules.by_section(line for line in lines if not line.is_open)
    sections = tuple((_(title), tuple(shown[line.key] for line in lines)) for title, lines in settled)
    decisions = tuple(shown[line.key] for line in lines if line.is_open)
    return respond.page("desks/rules.html", RulesPage(decisions, sections, history, may_change))


@area.get("/<key>")
@require("organizer")
def rule(key: str) -> Answer:
    """The form to change one setting; with what was read out of a picture, where one was sent. Raises NotFound."""
    return _form(key, Form({"value": respond.shown_again()}) if request.args.get("shown") else Form.kept())


@area.post("/<key>/picture")
@require("organizer")
def picture_sent(key: str) -> Answer:
    """Read what is in a picture of a QR code, and go on to the form with it; nothing is saved yet. Raises NotFound."""
    form, upload = Form.sent(), request.files.get("picture")
    with reading() as (_r, world):
        whole_camp(world)
    if key not in _CODES:
        raise NotFound("这一项不是二维码。", reason="unknown_rule", hint="请从规则页进入。")
    if upload is None or not upload.filename:
        form.wrong("picture", _("还没有选择图片。"))
    else:
        with form.beside("picture", BadInput):
            return respond.shown_at("office_rules.rule", read_qr(upload.stream.read()), key=key)
    return _form(key, form, 422)


@area.post("/<key>")
@require("organizer")
def rule_sent(key: str) -> Answer:
    """Change one setting for everyone, with the reason; what changes people's hours is shown first, and confirmed."""
    form = Form.sent()
    reason = form.text("reason", most=200)
    about = _about(key)
    typed = form.typed("value").replace("\r\n", "\n").strip()
    with reading() as (_r, world):
        standing = as_typed(about, world.rules.value_of(key))
    if not _is_same(about, typed, standing):  # else it was pressed twice
        form.is_stale(
            shown_of(standing),
            _("这一项刚才有人改过，现在是“%(now)s”。下面还是您填的，还没有保存；请核对后再按一次。") % {"now": standing[:60]},
        )
    if not form.errors:
        page = _preview(key, about, typed, reason, form)
        if page is not None:
            return respond.shown_at("office_rules.before", [typed, reason, form.typed("shown"), form.client_id], key=key)
    if not form.errors and touches_people(about) and (job := _job(key, read_as(about, typed), reason, _(about.label))):
        return working.answer_of(job)
    if not form.errors:
        with writing() as (w, world):
            account = whole_camp(world)
            try:
                actions.amend_rule(w, key, read_as(about, typed), reason, account.actor)
            except BadInput as problem:
                form.wrong("value", labelled(world.rules, problem.sentence.removeprefix(f"{key}：")))
            else:
                return told(w, _("已修改“%(what)s”。") % {"what": _(about.label)}, url_for("office_rules.rules"))
    return _form(key, form, form.status)


@area.get("/<key>/before")
@require("organizer")
def before(key: str) -> Answer:
    """Whose hours a change would touch, before it is confirmed. Raises NotFound once what was typed is forgotten."""
    with reading() as (_r, world):
        whole_camp(world)
    typed, reason, shown, client_id = respond.shown_again()
    form = Form({"value": typed, "reason": reason, "shown": shown, CLIENT_ID: client_id})
    page = _preview(key, _about(key), typed, reason, form)
    return respond.page("desks/rule_preview.html", page) if page else _form(key, form, form.status if form.errors else 200)


def _job(key: str, value: str, reason: str, label: str) -> Job | None:
    """What changes a rule while its page tells how many have been counted again; None for so few that nobody has to wait."""
    with reading() as (r, world):
        account = whole_camp(world)
        if not takes_long(r):
            return None
    store, to = frame().open_store(), url_for("office_rules.rules")
    words = _("已修改“%(what)s”，每个人的课时都重新算过了。") % {"what": label}

    def work(far: Progress) -> str:
        with store.writing() as w:
            w.told = far
            said = actions.amend_rule(w, key, value, reason, account.actor)
            return noted(w, account.account, words, to, undo=said.chain if said else "")

    return working.start(_("修改规则：重新计算"), work, str)


def _preview(key: str, about: Field, typed: str, reason: str, form: Form) -> RulePreviewPage | None:
    """What is asked before a change that touches people; None once it was seen under these very rules, or touches nobody."""
    if not touches_people(about):
        return None
    with reading() as (r, world):
        whole_camp(world)
        seen = f"{world.in_force.digest} {typed}"
        if form.typed("seen") == seen:
            return None
        try:
            found = amend_preview(r, world, key, read_as(about, typed), limit=_PREVIEWED)
        except BadInput as problem:
            form.wrong("value", labelled(world.rules, problem.sentence.removeprefix(f"{key}：")))
            return None
        if found.is_whole and found.changes_nothing:
            return None
    now, then = (_shown(rules, rules.line(key)) for rules in (world.rules, found.rules))
    return RulePreviewPage(now, then.words, form.typed("shown"), typed, reason, found, seen, form)


def read_as(about: Field, typed: str) -> str:
    """What the rules read. A list comes one entry a line: sentences have commas of their own."""
    kept = as_kept(about, typed)
    if about.type != "tuple[str, ...]" or kept != typed:
        return kept
    return json.dumps([line.strip() for line in typed.split("\n") if line.strip()], ensure_ascii=False)


def _is_same(about: Field, typed: str, standing: str) -> bool:
    """Whether two texts mean one value: 8 and 8.00 do."""
    try:
        return as_kept(about, typed) == as_kept(about, standing)
    except BadInput:
        return False


def _about(key: str) -> Field:
    known = (frame().catalogue.book if has_camp() else frame().catalogue.root_book).sections
    if key not in known.fields or known.is_fixed(key):
        raise NotFound("没有这一项可以修改的设置。", reason="unknown_rule", hint="请从规则页进入。")
    return known.fields[key]


def _form(key: str, form: Form, status: int = 200) -> Answer:
    about = _about(key)
    with reading() as (r, world):
        whole_camp(world)
        rule = _shown(world.rules, world.rules.line(key))
        history = tuple(_amended(each, about)[0] for each in amendments(r, world) if each.key == key)
        value = as_typed(about, world.rules.value_of(key))
    page = RulePage(
        rule,
        typed_as(about, value),
        value,
        options_of(about),
        is_needed(about),
        touches_people(about),
        history,
        shown_of(value),
        key in _CODES,
        form,
    )
    return respond.page("desks/rule.html", page, status)


def _amended(change: Amendment, about: Field | None) -> tuple[Amendment, str]:
    """A change with its value in words, and what it changed."""
    return replace(change, value=in_words(about, change.value)), _(about.label) if about else _("已不用的设置")


def typed_as(about: Field, value: str) -> str:
    """How a setting is typed: see `RulePage`."""
    if about.type == "bool" or (about.allowed and about.type == "str"):
        return "choice"
    if about.type == "tuple[str, ...]" or len(value) >= _LONG or "\n" in value:
        return "lines"
    if about.form in {day, instant}:
        return "date" if about.form is day else "moment"
    return "hours" if about.form is hundredths else "number" if about.type == "int" else "text"


def options_of(about: Field) -> tuple[tuple[str, str], ...]:
    """The values to choose among, with their words."""
    words = ("是", "否") if about.type == "bool" else about.allowed
    return tuple((word, _(about.say(word))) for word in words)


def _shown(rules: Rules, line: RuleLine) -> ShownRule:
    about = rules.sections.fields[line.key]
    return ShownRule(replace(line, label=_(about.label)), in_words(about, line.value), rules.sections.is_fixed(line.key))
