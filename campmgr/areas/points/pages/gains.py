"""Who gains and who loses by each open point of the notice."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.areas.points.pages.standing import OfficeStand, at_office
from campmgr.areas.points.queries.table import Gain, gains
from campmgr.areas.points.settings import Points
from campmgr.errors import BadInput
from campmgr.periods.spans import named
from campmgr.settings.fields import Field, Value
from campmgr.settings.reading import shown
from campmgr.web import respond
from campmgr.web.current import reading
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("office_decisions", __name__, url_prefix="/office/a/<activity>/decisions")

_OF_POINTS = ("points", "timeliness", "articles", "passing")
"""The sections whose open points change points; those of tasks change none."""


@dataclass(frozen=True, slots=True)
class OpenChoice:
    """An open point: its label, the notice's words, what is decided now, and every other answer with what names it; none
    where an answer is typed.
    """

    key: str
    label: str
    says: str
    now: str
    others: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DecisionsPage:
    """Every open point that changes points; of the one that is tried who gains and who loses, with its answer in words, or what is
    wrong with what was typed.
    """

    at: OfficeStand
    choices: tuple[OpenChoice, ...]
    tried: str
    value: str
    words: str
    changed: tuple[Gain, ...] | None
    wrong: str
    amend_at: str


@area.get("/")
@require("organizer")
def tried(activity: str) -> Answer:
    """Every open point; with `key` and `value` what another answer would change."""
    key, value = request.args.get("key", ""), request.args.get("value", "")
    with reading() as (r, world):
        at = at_office(world, activity)
        rules = at.activity.rules
        open_ = [about for about in rules.sections.fields.values() if about.is_open and about.key.partition(".")[0] in _OF_POINTS]
        choices = tuple(_choice(each, rules.value_of(each.key)) for each in open_)
        found = next((each for each in open_ if each.key == key), None)
        changed, wrong = None, ""
        if found is not None:
            try:
                changed = gains(r, world, at.activity, rules.with_change(key, value), named(str(rules[Points].year)))
            except BadInput as problem:
                wrong = f"{problem.sentence}{problem.hint}"
    amend_at = url_for("activity_rules.rule", key=key, **at.address) if found else ""
    page = DecisionsPage(at, choices, key if found else "", value, _say(found, value) if found else "", changed, wrong, amend_at)
    return respond.page("points/decisions.html", page)


def _choice(about: Field, now: Value) -> OpenChoice:
    return OpenChoice(about.key, _(about.label), about.says, _say(about, shown(now)), _others(about, now))


def _others(about: Field, now: object) -> tuple[tuple[str, str], ...]:
    if about.type == "bool":
        return (("否", _("否")),) if now else (("是", _("是")),)
    return tuple((each, _(about.say(each))) for each in about.allowed if each != now)


def _say(about: Field, value: str) -> str:
    return _(about.say(value)) or "—"
