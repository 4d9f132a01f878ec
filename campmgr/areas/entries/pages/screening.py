"""The office's list of works: what came in, screened several at once, revoked, shown; and the votes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, request, url_for

from campmgr.accounts.queries import activity_for, in_subtree, runs_activity
from campmgr.areas.entries.actions.staging import LONGEST_REASON, reinstate_entry, revoke_entry, stage_entries
from campmgr.areas.entries.kinds import REACHES, STAGES
from campmgr.areas.entries.queries.counts import CountRow, counted
from campmgr.areas.entries.queries.entries import Entry, entries_by_id
from campmgr.areas.entries.queries.handins import HandIn, closed_in
from campmgr.areas.entries.queries.heads import heads_in
from campmgr.areas.entries.queries.votes import Voted, votes_part
from campmgr.areas.entries.rules.entry import checks_of_class
from campmgr.areas.entries.settings import Blend, Entries
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts.activities import Activity
from campmgr.facts.batches import batch_of_press
from campmgr.facts.world import World
from campmgr.store.door import Writer
from campmgr.web import respond
from campmgr.web.current import me, reading, writing
from campmgr.web.done import told
from campmgr.web.forms import Form
from campmgr.web.guard import require
from campmgr.web.i18n import _
from campmgr.web.respond import Answer

area = Blueprint("screening", __name__, url_prefix="/office/a/<activity>/works")

ON_A_PAGE = 50

_DOING = {"revoke": "撤销资格", "reinstate": "恢复资格"}


@dataclass(frozen=True, slots=True)
class ScreeningPage:
    """A page of works with their stage, (state, how many) to narrow by; batches that came in, and the count by class.
    `passed_on`: of batches (id) that went on in one of an office above, the name of that office.

    `places`: what stands in addresses for each work's unit; `checks`: what is looked at one by one, by class.
    """

    activity: Activity
    address: str
    entries: tuple[Entry, ...]
    places: Mapping[str, str]
    states: tuple[tuple[str, int], ...]
    state: str
    number: int
    pages: int
    batches: tuple[HandIn, ...]
    passed_on: Mapping[str, str]
    counts: tuple[CountRow, ...]
    doing: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, tuple[str, ...]], ...]
    outlets: tuple[tuple[str, str], ...]
    reaches: tuple[tuple[str, str], ...]
    may_run: bool
    form: Form


@dataclass(frozen=True, slots=True)
class VotesPage:
    """The votes of a page of the works that were shortlisted, how many there are, and what was decided on their weight; whether to
    import counts.
    """

    activity: Activity
    address: str
    voted: tuple[Voted, ...]
    count: int
    number: int
    pages: int
    weight: Blend
    may_import: bool


@area.get("/")
@require("organizer")
def listed(activity: str) -> Answer:
    """The works. `state` and `page` in the address."""
    return _page(activity, Form())


@area.post("/")
@require("organizer")
def say(activity: str) -> Answer:
    """Say where the works that are ticked have come to, or what one loses."""
    form, account = Form.sent(), me()
    doing = form.choice("doing", (*STAGES, *_DOING))
    outlet, reason = form.text("outlet", required=False, most=60), form.text("reason", required=False, most=LONGEST_REASON)
    with writing() as (w, world):
        found = activity_for(world, account, activity, "entries")
        if not runs_activity(world, account, found):
            raise NotAllowed(f"“{found.name}”由主办单位的组织方办理。", hint="如需修改，请联系主办单位。")
        theirs = {each.id for each in heads_in(w, found, _theirs(world))}
        chosen = entries_by_id(w, world, found, form.choices("entry", theirs))
        if not chosen:
            form.wrong("doing", "请先勾选作品。")
        if not form.errors:
            by_reason = {"missing_value": "reason", "name_in_reason": "reason"}
            with form.beside("doing", BadInput, Refused, by_reason=by_reason):
                batch = batch_of_press(w, "screening", form.client_id)
                _say(w, found, form, chosen, outlet, reason, batch)
                words = _("%(n)s 件作品：%(doing)s。") % {"n": len(chosen), "doing": _DOING.get(doing, doing)}
                return told(w, words, url_for("screening.listed", activity=activity), undo=batch)
    return _page(activity, form, 422)


@area.get("/votes")
@require("organizer")
def votes(activity: str) -> Answer:
    """The votes, for whoever runs the activity; `page` in the address. Raises NotFound, NotAllowed."""
    account, number = me(), max(1, request.args.get("page", 1, int))
    with reading() as (r, world):
        found = activity_for(world, account, activity, "entries")
        if not runs_activity(world, account, found):
            raise NotAllowed("票数只给主办单位看。", hint="结果公布以后会在活动页上。")
        part, count = votes_part(r, world, found, (number - 1) * ON_A_PAGE, ON_A_PAGE)
        pages, address = max(1, -(-count // ON_A_PAGE)), world.activities.address(found)
        page = VotesPage(found, address, part, count, number, pages, found.rules[Blend], found.is_open)
    return respond.page("entries/votes.html", page)


def _checks(activity: Activity) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What is looked at one by one in works of each class, where the rules say so."""
    asked = activity.rules[Entries]
    return tuple((kind, some) for kind in asked.classes if (some := checks_of_class(asked, kind)))


def _say(w: Writer, activity: Activity, form: Form, chosen: Sequence[Entry], outlet: str, reason: str, batch: str) -> None:
    """One press on several works. Raises BadInput."""
    doing, actor = form.typed("doing"), me().actor
    if doing in STAGES:
        kinds = {each.kind for each in chosen}
        checks = {check for kind, some in _checks(activity) if kind in kinds for check in form.choices("check", some)}
        rows = [each.row for each in chosen]
        stage_entries(w, rows, doing, outlet=outlet, checks=checks, reason=reason, batch=batch, actor=actor)
        return
    act = revoke_entry if doing == "revoke" else reinstate_entry
    for each in chosen:
        act(w, each.row, form.typed("reach"), reason, batch=batch, actor=actor)


def _theirs(world: World) -> set[str]:
    """The units that an account's place covers."""
    account, units = me(), world.tree.units.values()
    return {each.unit for each in units if in_subtree(world, each.unit, account.unit) and account.line in {"", each.line}}


def _passed_on(world: World, batches: Collection[HandIn]) -> dict[str, str]:
    """Of each batch (id) whose works have all gone on in one of an office above, the name of that office."""
    works = {each.id: {row.entry for row in each.rows} for each in batches}
    holding: dict[str, list[HandIn]] = defaultdict(list)
    for each in batches:
        for entry in works[each.id]:
            holding[entry].append(each)
    return {
        each.id: other.unit_name
        for each in batches
        for other in (holding[each.rows[0].entry] if each.rows else ())
        if other.unit != each.unit and in_subtree(world, each.unit, other.unit) and works[each.id] <= works[other.id]
    }


def _page(activity: str, form: Form, status: int = 200) -> Answer:
    asked, number = request.args.get("state", "")[:20], max(1, request.args.get("page", 1, int))
    account = me()
    with reading() as (r, world):
        found = activity_for(world, account, activity, "entries")
        units = _theirs(world)
        heads = heads_in(r, found, units)
        batches = tuple(each for each in closed_in(r, world, found) if each.unit in units)
        by_class, total = counted(world, heads, "class")
        address, may_run = world.activities.address(found), found.is_open and runs_activity(world, account, found)
        shown = [each.id for each in heads if asked in {"", each.state}]
        pages = max(1, -(-len(shown) // ON_A_PAGE))
        part = entries_by_id(r, world, found, shown[(number - 1) * ON_A_PAGE : number * ON_A_PAGE])
        kinds = {each.kind for each in part}
        places = {each.row.unit: world.tree.units[each.row.unit].address for each in part}
    counts = (*by_class, total) if heads else ()
    states = tuple(Counter(each.state for each in heads).items())
    checks = tuple((kind, some) for kind, some in _checks(found) if kind in kinds)
    doing = tuple((each, _(_DOING.get(each, each))) for each in (*STAGES, *_DOING))
    outlets = tuple((each, each) for each in found.rules[Entries].outlets)
    reaches = tuple((each, each) for each in REACHES)
    page = ScreeningPage(
        found, address, tuple(part), places, states, asked, number, pages, batches, _passed_on(world, batches), counts,
        doing, checks, outlets, reaches, may_run, form,
    )  # fmt: skip
    return respond.page("entries/screening.html", page, status)
