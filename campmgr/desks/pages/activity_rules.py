"""Amending one rule of an activity in the office: the notice's sentence, what changes, what no longer does, then the change."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, url_for

from campmgr.accounts.queries import activity_run_by
from campmgr.areas.activities import actions
from campmgr.areas.activities.queries import settled
from campmgr.desks.pages.rule_values import as_typed, in_words
from campmgr.desks.pages.rules import options_of, read_as, typed_as
from campmgr.errors import BadInput, NotFound
from campmgr.facts.activities import Activity
from campmgr.facts.area import Remark
from campmgr.facts.catalogue import CAMP
from campmgr.facts.world import World
from campmgr.settings.fields import Field
from campmgr.settings.rules import RuleLine
from campmgr.web import respond
from campmgr.web.before import Before, OpenPoint, Result, ResultLine
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("activity_rules", __name__, url_prefix="/office/a/<activity>/rules/<key>")


@dataclass(frozen=True, slots=True)
class ActivityRulePage:
    """One setting of an activity to change: how it is typed (as `rules.RulePage`), its value, and the choices."""

    activity: Activity
    address: str
    line: RuleLine
    typed_as: str
    value: str
    options: tuple[tuple[str, str], ...]
    form: Form


@area.get("")
@require("organizer")
def rule(activity: str, key: str) -> Answer:
    """The form to change one setting. Raises NotFound, NotAllowed, AmbiguousActivity."""
    return _form(activity, key, Form.kept())


@area.post("")
@require("organizer")
def looked_at(activity: str, key: str) -> Answer:
    """On to what a change would do, where it is one; what is no value is told beside its field."""
    form = Form.sent()
    typed = form.typed("value").replace("\r\n", "\n").strip()
    with reading() as (_r, world):
        found = activity_run_by(world, me(), activity)
        if _is_the_camp(world, found):
            return respond.go(url_for("office_rules.rule", key=key))
        actions.refuse_over(world, found)
        about = _about(found, key)
        with form.beside("value", BadInput):
            changed = actions.decided(found.rules, {key: read_as(about, typed)})
            if changed.value_of(key) == found.rules.value_of(key):
                form.wrong("value", _("现在就是这个值，没有改动。"))
    if form.errors:
        return _form(activity, key, form, 422)
    return respond.shown_at("activity_rules.before", typed, activity=activity, key=key)


@area.get("/before")
@require("organizer")
def before(activity: str, key: str) -> Answer:
    """What a change would do, and what no longer changes, before it is confirmed. Raises NotFound once it is forgotten."""
    with reading() as (r, world):
        found = activity_run_by(world, me(), activity)
        if _is_the_camp(world, found):
            return respond.go(url_for("office_rules.rule", key=key))
        actions.refuse_over(world, found)
        typed = respond.shown_again()
        page = _before(found, world.activities.address(found), key, typed, settled(r, world, found))
    return respond.before(page, Form())


@area.post("/before")
@require("organizer")
def amend(activity: str, key: str) -> Answer:
    """Change a setting after it was looked at; sent twice it does so once."""
    form = Form.sent()
    with writing() as (w, world):
        found = activity_run_by(world, me(), activity)
        if _is_the_camp(world, found):
            return respond.go(url_for("office_rules.rule", key=key))
        actions.refuse_over(world, found)
        about, typed = _about(found, key), form.typed("value")
        page = _before(found, world.activities.address(found), key, typed, settled(w, world, found))
        if page.is_agreed(form):
            with form.beside("reason", BadInput):
                actions.amend(w, found, {key: read_as(about, typed)}, form.typed("reason"), me().actor)
                to = url_for("office_activities.shown", activity=activity)
                return told(w, _("已修改“%(what)s”。") % {"what": _(about.label)}, to)
    return respond.before(page, form)


def _is_the_camp(world: World, activity: Activity) -> bool:
    """The camp that is going on has pages of its own for its rules."""
    return activity.sort == CAMP and activity.id == world.activity


def _about(activity: Activity, key: str) -> Field:
    sections = activity.rules.sections
    if key not in sections.fields or sections.is_fixed(key):
        raise NotFound("没有这一项可以修改的设置。", reason="unknown_rule", hint="请从活动页进入。")
    return sections.fields[key]


def _before(activity: Activity, address: str, key: str, typed: str, fixed: tuple[Remark, ...]) -> Before:
    about = _about(activity, key)
    changed = actions.decided(activity.rules, {key: read_as(about, typed)})
    now, then = (in_words(about, rules.line(key).value) or "—" for rules in (activity.rules, changed))
    result = ((_("现在"), now), (_("改为"), then), (_("规则"), _("第 %(n)s 版") % {"n": activity.in_force.version + 1}))
    return Before(
        title=_("修改规则：%(label)s") % {"label": _(about.label)},
        back=(url_for("activity_rules.rule", activity=address, key=key), _(about.label)),
        open=tuple(OpenPoint(each.count, _(each.words), _("已经定下，这次修改不会改变它。"), is_open=False) for each in fixed),
        result=Result(activity.name, tuple(ResultLine(each) for each in result)),
        does=(
            _("从现在起，按新规则计算这个活动的全部记录，以前的也重新计算。"),
            _("改动记入历史，所有组织方都能看到；可以撤销。"),
        ),
        carries=(("value", typed),),
        reason=_("修改的原因"),
        action=url_for("activity_rules.amend", activity=address, key=key),
        button=_("修改这条规则"),
        is_grave=False,
    )


def _form(activity: str, key: str, form: Form, status: int = 200) -> Answer:
    with reading() as (_r, world):
        found = activity_run_by(world, me(), activity)
        if _is_the_camp(world, found):
            return respond.go(url_for("office_rules.rule", key=key))
        actions.refuse_over(world, found)
        about = _about(found, key)
        line = replace(found.rules.line(key), label=_(about.label))
        value = as_typed(about, found.rules.value_of(key))
        page = ActivityRulePage(
            found, world.activities.address(found), line, typed_as(about, value), value, options_of(about), form
        )
    return respond.page("desks/activity_rule.html", page, status)
