"""Bringing drafts into the camp: people, marks, codes and links are said again, by the ordinary ways; what cannot be is kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from campmgr.accounts.local import add_device, all_accounts, devices_of, put_account
from campmgr.areas.drafts.local import LeftDraft, drop_left, keep_left, left_for
from campmgr.areas.drafts.queries import DraftMark, DraftPerson, Drafts
from campmgr.areas.hours.actions.class_marking import mark_each
from campmgr.areas.hours.actions.marks import MarkRow, check_day, check_lesson, check_minutes, mark
from campmgr.areas.hours.rules.readiness import CONDITIONS
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.actions.people import (
    Registration,
    details_draft,
    former_id_draft,
    joined_draft,
    refuse_non_participating,
    refuse_unless_covered,
    register_drafts,
    the_same,
    typed_person,
)
from campmgr.areas.people.local import add_join_code, keep_pages, set_join_code
from campmgr.areas.people.queries.finding import Person, is_at_home, people_by_id, people_by_number
from campmgr.clock import today_of, utc_text
from campmgr.errors import CampError, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.facts.review import Settling
from campmgr.facts.saying import say
from campmgr.facts.secret import unit_key
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import hash_id, person_id
from campmgr.ledger.envelope import Draft, subject
from campmgr.settings.terms import say as worded
from campmgr.store.door import Reader, Writer
from campmgr.wording import name_key


@dataclass(slots=True)
class Plan:
    """What will become of drafts: who is new, who is here already (draft id -> id), what can be said, what is left and why.

    Every row of the drafts is in just one of `new`, `same`, `marks`, `scans` and `left`.
    """

    unit: str
    new: dict[str, str] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    marks: list[tuple[str, MarkRow]] = field(default_factory=list)
    scans: list[tuple[str, MarkRow]] = field(default_factory=list)
    left: list[tuple[DraftPerson | DraftMark, str]] = field(default_factory=list)

    @property
    def reasons(self) -> dict[str, int]:
        """Why rows are left, and how many for each reason."""
        found: dict[str, int] = {}
        for _, reason in self.left:
            found[reason] = found.get(reason, 0) + 1
        return found


def batch_of(drafts: Drafts) -> str:
    """The batch of all that comes out of these drafts: by it they are taken back."""
    return hash_id("drafts", drafts.camp)


def plan(r: Reader, drafts: Drafts, unit: str) -> Plan:
    """What would become of drafts; `unit`: the one (its id) that the drafts' own unit is."""
    return _plan(r, worlds.load(r), drafts.people, drafts.marks, unit)


def bring(w: Writer, drafts: Drafts, unit: str, actor: str = "") -> Plan:
    """Make facts of drafts, as one batch; what cannot be said is kept for the review. The same drafts again change nothing."""
    made = plan(w, drafts, unit)
    _say(w, made, drafts.people, batch_of(drafts), actor)
    _keep_codes(w, drafts, made, actor)
    _keep_left(w, made)
    return made


def _plan(
    r: Reader, world: World, people: Sequence[DraftPerson], marks: Sequence[DraftMark], unit: str, *, by_code: bool = False
) -> Plan:
    made = Plan(unit)
    known = people_by_number(r, [each.number for each in people if each.number])
    before = people_by_id(r, [each.person for each in people] + [each.person for each in marks if each.person])
    for each in people:
        try:
            who = _registration(r, world, each, unit)
            person = _known(world, each, who, known, before)
        except CampError as problem:
            made.left.append((each, problem.sentence + problem.hint))
            continue
        taken = made.same if person else made.new
        taken[each.person] = person or _new_id(r, world, each, who)
    ids = {draft: person.person for draft, person in before.items()} | made.same | made.new
    for one in marks:
        try:
            row = _checked(r, world, one, by_code=by_code)
        except CampError as problem:
            made.left.append((one, problem.sentence + problem.hint))
            continue
        if one.person and one.person not in ids:
            made.left.append((one, "这个人没有带入。先把人定下来，再试一次。"))
        elif one.person:
            made.marks.append((ids[one.person], row))
        else:
            made.scans.append((one.code, row))
    return made


def _registration(r: Reader, world: World, each: DraftPerson, unit: str) -> Registration:
    """Somebody as they will be registered. Raises NotFound, NotAllowed, Refused."""
    home = _unit_of(world, each, world.tree.units[unit])
    refuse_non_participating(home)
    refuse_unless_covered(r, home.unit)
    return Registration(home.unit, each.name, each.number, each.class_name, each.phone, each.kind, each.guardian)


def _unit_of(world: World, each: DraftPerson, own: Unit) -> Unit:
    """The camp's unit that one of the drafts is: the laptop's own, or the only one below it of that code, else of that name."""
    if not each.unit_name:
        return own
    below = [unit for unit in world.tree.called(each.unit_code or each.unit_name) if f"/{own.unit}/" in unit.path]
    below = below or [unit for unit in world.tree.of_name(each.unit_name) if f"/{own.unit}/" in unit.path]
    if len(below) != 1:
        raise NotFound(f"{own.name}下面没有“{each.unit_name}”。", reason="unknown_unit", hint="请先在“单位”里加上，再试一次。")
    return below[0]


def _known(
    world: World, each: DraftPerson, who: Registration, known: Mapping[str, Sequence[Person]], before: Mapping[str, Person]
) -> str:
    """Whom somebody of the drafts is, where they are here already; else "". Raises Refused "conflict"."""
    if each.person in before:  # brought in earlier
        return before[each.person].person
    here = [one for one in known.get(each.number, ()) if one.number == each.number and is_at_home(world, one, who.unit)]
    return the_same(here, who).person if here else ""


def _new_id(r: Reader, world: World, each: DraftPerson, who: Registration) -> str:
    if each.number:
        return person_id(who.unit, unit_key(r, world, who.unit), each.number, each.name)
    return typed_person(world, who, each.person)


def _checked(r: Reader, world: World, one: DraftMark, *, by_code: bool) -> MarkRow:
    """A mark as it will be said. Raises what the camp's rules refuse."""
    lesson = one.lesson if by_code or not one.lesson else _lesson(world, one)
    day = check_day(world, one.day, today_of(r.clock))
    check_minutes(one.minutes)
    if lesson:
        check_lesson(world, lesson)
    return MarkRow(day, lesson, one.condition, one.minutes, one.source)


def _lesson(world: World, one: DraftMark) -> str:
    """The camp's lesson that one of the drafts is: that of the same name, since codes were guessed.

    Raises NotFound "unknown_lesson", also for one that only the code fits.
    """
    named = [code for code, lesson in lessons_of(world).items() if name_key(lesson.name) == name_key(one.lesson_name)]
    if len(named) == 1:
        return named[0]
    if one.lesson in named:
        return one.lesson
    there = lessons_of(world).get(one.lesson)
    if there:
        raise NotFound(f"课程 {one.lesson} 在草稿里叫“{one.lesson_name}”，上级的叫“{there.name}”。", reason="unknown_lesson",
                       hint="是同一门课的，在“待核对”里按“课程按编号记入”。")  # fmt: skip
    raise NotFound(f"上级的课程里没有“{one.lesson} {one.lesson_name}”。", reason="unknown_lesson",
                   hint="请问上级这门课的编号和名称，等课程加上了再试一次。")  # fmt: skip


def _say(w: Writer, made: Plan, people: Iterable[DraftPerson], batch: str, actor: str) -> None:
    world = worlds.load(w)
    here = people_by_id(w, made.same.values())
    said: list[Draft] = []
    for each in people:
        if person := made.new.get(each.person):
            who = _registration(w, world, each, made.unit)
            said += register_drafts(person, who, batch, actor, activity=world.activity)
            said += _consent(each, who.unit, person, batch, actor)
        elif known := here.get(made.same.get(each.person, "")):
            who = _registration(w, world, each, made.unit)
            person = known.person
            said += _filled(known, who, batch, actor)
            said += [joined_draft(known.home, person, world.activity, batch, actor)] if known.is_absent else []
        else:
            continue
        said += [former_id_draft(who.unit, person, each.kind, former, actor) for former in (each.person, *each.former)
                 if former != person and former not in people_by_id(w, [former])]  # fmt: skip
    say(w, said)
    if made.marks:
        mark_each(w, list(dict.fromkeys(made.marks)), batch=batch, actor=actor)
    for code, row in made.scans:
        mark(w, code, row, actor)


def _consent(each: DraftPerson, unit: str, person: str, batch: str, actor: str) -> list[Draft]:
    if not each.consent:
        return []
    body = {"version": each.consent, "guardian": each.guardian}
    return [Draft(unit, "consent_given", subject("person", person), body, actor=actor, batch=batch, happened_on=each.consented_on)]


def _filled(known: Person, who: Registration, batch: str, actor: str) -> list[Draft]:
    """What the drafts know of somebody and the camp does not; what both say stays the camp's."""
    told = Registration(known.home, known.name, known.number, known.class_name, known.phone, known.kind, known.guardian)
    more = replace(told, class_name=told.class_name or who.class_name, phone=told.phone or who.phone)
    return [] if more == told or known.erased else [details_draft(known.home, known.person, more, told, batch, actor)]


def _keep_codes(w: Writer, drafts: Drafts, made: Plan, actor: str) -> None:
    """Codes on posters and links on telephones go on working: they are of this laptop alone, and so are kept as they are."""
    ids = made.same | made.new
    for code in drafts.codes:
        places = max(1, code.most - code.used) if code.most else 0
        add_join_code(w, replace(code, unit=made.unit, most=places), utc_text(w.clock.now()), actor)
        if not code.active or (code.most and code.used >= code.most):
            set_join_code(w, code.code, works=False)
    keep_pages(w, (page._replace(person=ids[page.person]) for page in drafts.pages if page.person in ids))


def _keep_left(w: Writer, made: Plan) -> None:
    day = today_of(w.clock)
    keep_left(w, (LeftDraft(hash_id("left", _told(each)), _told(each), _words(each), reason, made.unit, day)
                  for each, reason in made.left))  # fmt: skip


def _told(each: DraftPerson | DraftMark) -> str:
    return json.dumps([type(each).__name__, asdict(each)], ensure_ascii=False, sort_keys=True)


def _words(each: DraftPerson | DraftMark) -> str:
    if isinstance(each, DraftPerson):
        return "".join((each.name, f"（{each.class_name}）" * bool(each.class_name), f"，编号 {each.number}" * bool(each.number)))
    what = worded(CONDITIONS, each.condition) if each.condition else f"{each.lesson} {each.lesson_name}".strip()
    return f"{each.name or f'编码 {each.code}'} {each.day} {what}"


def decide_left(settling: Settling) -> None:
    """Rows are tried once more ("again"), lessons by their codes alone ("by_code"), or let go ("drop").

    Raises Refused where nothing of them can be said yet.
    """
    w = settling.w
    rows = [one for one in left_for(w, {row.told[0] for row in settling.rows})
            if [one.reason, one.unit] in [row.told for row in settling.rows]]  # fmt: skip
    if settling.answer.name == "drop":
        drop_left(w, (one.draft for one in rows))
        return
    done = 0
    for unit in dict.fromkeys(one.unit for one in rows):
        read = [_read(one.about) for one in rows if one.unit == unit]
        people = [each for each in read if isinstance(each, DraftPerson)]
        marks = [each for each in read if isinstance(each, DraftMark)]
        made = _plan(w, settling.world, people, marks, unit, by_code=settling.answer.name == "by_code")
        _say(w, made, people, settling.batch, settling.actor)
        drop_left(w, (hash_id("left", _told(each)) for each in read))
        _keep_left(w, made)
        done += len(read) - len(made.left)
        reason = next(iter(made.reasons), "")
    if not done:
        raise Refused(f"还是没有记入：{reason}")


def _read(about: str) -> DraftPerson | DraftMark:
    sort, told = json.loads(about)
    if sort == "DraftPerson":
        return DraftPerson(**told | {"former": tuple(told["former"])})
    return DraftMark(**told)


def carry_accounts(w: Writer, drafts: Reader, unit: str, line: str) -> None:
    """Whoever worked on the drafts as a whole goes on in the camp, as the laptop's organizer, logged in where they were."""
    own = worlds.load(drafts).root_unit
    now = utc_text(w.clock.now())
    for account in all_accounts(drafts):
        if account.unit == own and not account.line:
            put_account(w, replace(account, unit=unit, line=line))
            for device in devices_of(drafts, account.account, now):
                add_device(w, device)
