"""The set-up page behind a one-time link: opens a camp from a preset, and the first account."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, request

from campmgr.accounts import governing as actions
from campmgr.accounts.governing import NewAccount, Place, tidy_login
from campmgr.accounts.passwords import check_password
from campmgr.areas.camp import actions as camps
from campmgr.areas.units.rules import preset_units
from campmgr.desks.pages.account import device_entered, read_new_account
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from campmgr.ids import sha256
from campmgr.settings.choice_words import CHOICE_WORDS
from campmgr.settings.preset import FIELDS, RuleLine, Rules, load_preset, preset_names, show, with_change
from campmgr.store import data_file
from campmgr.store.door import Store
from campmgr.web import respond
from campmgr.web.current import frame
from campmgr.web.forms import Form
from campmgr.web.guard import anyone
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("setup", __name__)

NAMED = ("camp.name", "live.starts_on", "camp.base_address")
"""Settings that are no open questions of the notice but that an organizer looks at first."""

SECTIONS = {
    "preset": "预设", "camp": "训练营", "warm_up": "预热", "live": "正式活动", "people": "参与者", "taking_part": "参与方式",
    "hours": "课时", "doubts": "存疑", "certificate": "证书", "works": "作品", "ranking": "排名", "anomalies": "异常",
    "roll_up": "汇总", "publicity": "公示", "summaries": "总结", "limits": "上限",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """A setting the organizer decides: how it is typed ("choice", "date", "number", "text"), and the choices with their words."""

    line: RuleLine
    typed_as: str
    required: bool
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A preset to start from."""

    preset: str
    name: str
    host: str
    units: int


@dataclass(frozen=True, slots=True)
class ChoosePage:
    """The presets, as the first step."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class OpenPage:
    """The second step: the decisions the notice leaves open, all other rules with the notice's words, the first account.

    `preset` is "" where a camp is there already and only the account is missing.
    """

    preset: str
    name: str
    units: int
    decisions: tuple[Decision, ...]
    sections: tuple[tuple[str, tuple[RuleLine, ...]], ...]
    form: Form


@area.get("/setup/<token>")
@anyone
def set_up(token: str) -> Answer:
    """The set-up page. Raises NotFound once the link was used."""
    _check(token)
    preset = request.args.get("preset", "")
    if frame().store is None and preset not in preset_names():
        return respond.page("desks/choose_preset.html", ChoosePage(tuple(map(_choice, preset_names()))))
    return respond.page("desks/open_camp.html", _page("" if frame().store else preset, Form()))


@area.post("/setup/<token>")
@anyone
def set_up_sent(token: str) -> Answer:
    """Open the camp and its first account; nothing is written before everything typed is right."""
    form = Form.sent()
    with frame().lock:
        _check(token)
        preset = "" if frame().store else form.choice("preset", preset_names())
        who = read_new_account(form)
        _check_account(form, who)
        changes = _changes(form, load_preset(preset)) if preset else {}
        if form.errors:
            return respond.page("desks/open_camp.html", _page(preset, form), 422)
        store = frame().store or camps.open_camp(frame().settings.data_path, preset, frame().catalogue)
        account = _settle(store, changes, who)
        frame().store, frame().setup_hash = store, ""
    return device_entered(account, kept=form.is_ticked("kept"))


def _settle(store: Store, changes: dict[str, str], who: NewAccount) -> str:
    """Write the decisions and the first account in one transaction; a camp that got neither is closed again."""
    try:
        with store.writing() as w:
            for key, value in changes.items():
                camps.amend_rule(w, key, value, reason=_("开营时的决定"))
            world = worlds.load(w)
            place = Place("organizer", world.root_unit)
            return actions.open_account(w, who, place, cost=frame().settings.cost).account
    except BaseException:
        if frame().store is None:
            data_file.close(store)
        raise


def _check(token: str) -> None:
    known = frame().setup_hash
    if not known or not hmac.compare_digest(sha256(token), known):
        raise NotFound(
            "这个链接已经用过或不存在。",
            reason="link_ended",
            hint="训练营已经开好的，请直接登录；否则请重新启动程序，用新显示的链接。",
        )


def _check_account(form: Form, who: NewAccount) -> None:
    """Complain about the account now: later the camp would be open already."""
    if "password" in form.errors:
        return
    try:
        check_password(who.password, tidy_login(who.login))
    except BadInput as problem:
        form.refuse("password", problem)


def _changes(form: Form, rules: Rules) -> dict[str, str]:
    """The decisions that differ from the preset, by their keys; complaints go beside their fields."""
    changes = {}
    for line in _asked(rules):
        typed = form.typed(line.key, line.value).strip()
        if typed == line.value:
            continue
        try:
            with_change(rules, line.key, typed)
            changes[line.key] = typed
        except BadInput as problem:
            form.wrong(line.key, problem.sentence)
    return changes


def _page(preset: str, form: Form) -> OpenPage:
    if not preset:
        with frame().open_store().reading() as r:
            return OpenPage("", worlds.load(r).name, 0, (), (), form)
    rules = load_preset(preset)
    settled = [line for line in show(rules) if line not in _asked(rules)]
    sections = tuple((_(SECTIONS[name]), tuple(lines)) for name, lines in groupby(settled, key=lambda line: line.key.split(".")[0]))
    decisions = tuple(map(_decision, _asked(rules)))
    return OpenPage(preset, rules.camp.name, len(preset_units(preset)), decisions, sections, form)


def _decision(line: RuleLine) -> Decision:
    about = FIELDS[line.key]
    number = "number" if about.type == "int" else "text"
    typed_as = "choice" if line.allowed and about.type == "str" else {"day": "date"}.get(about.form, number)
    return Decision(
        line, typed_as, about.form == "filled", tuple((value, _(CHOICE_WORDS.get(value, value))) for value in line.allowed)
    )


def _asked(rules: Rules) -> list[RuleLine]:
    lines = show(rules)
    return [line for line in lines if line.key in NAMED] + [line for line in lines if line.is_open]


def _choice(preset: str) -> Choice:
    rules = load_preset(preset)
    return Choice(preset, rules.camp.name, rules.camp.host, len(preset_units(preset)))
