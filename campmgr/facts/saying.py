"""The one way facts get into the ledger: may this file say it, was it said before; then append, seal, fold and carry, at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from campmgr.clock import LARGEST, local_text, next_tick, utc_text, wall_micros
from campmgr.errors import BadInput, NotAllowed, Refused
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.carrying import drafts_due
from campmgr.facts.catalogue import kinds_of
from campmgr.facts.folding import Touched, fold
from campmgr.facts.said_before import said_before
from campmgr.facts.seats import is_heard, refuse_lower_seat
from campmgr.facts.tips import Tips
from campmgr.facts.trust import succession_message
from campmgr.facts.units import units_of_word
from campmgr.facts.world import World
from campmgr.ids import hash_id, random_ids
from campmgr.ledger.carrier import CARRIERS
from campmgr.ledger.envelope import PUBLIC, Draft, Fact, Head, Pen, Stream, family_of, scope_unit, subject, subject_key
from campmgr.ledger.kinds import LONGEST_TEXT, Home, Kind, Kinds, Right, breach, has_long_text, scope_of
from campmgr.ledger.seal import seal, sign
from campmgr.store import ledger
from campmgr.store.commits import Handed
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import PREDECESSOR, WRITER
from campmgr.store.ledger import own_key, own_sealing_key

_OWN_CLOCK, _SEEN_CLOCK, _WRITTEN = "clock_own", "clock_seen", "written"

_AT_ONCE = 20_000
"""Facts that are folded together at most: what is folded at once must fit into memory."""


def record(w: Writer, drafts: Sequence[Draft]) -> list[Fact]:
    """Append drafts as facts of this file's writer, sealed, and fold what they touch; the facts come back in order."""
    recording = Recording(w)
    facts = recording.append(drafts)
    recording.finish()
    return facts


class Recording:
    """One run of facts by this file's writer: append in as many pieces as fit into memory, then finish once."""

    def __init__(self, w: Writer) -> None:
        self._w = w
        self._kinds = kinds_of(w)
        self._campaign = w.meta("campaign")
        self._writer = w.meta(WRITER)
        self._heads: dict[Stream, Head] = {}
        self._own = max([int(w.meta(_OWN_CLOCK, "0")), *(each.what[-1].clock for each in (*w.turn.before, *w.turn.handed)[-1:])])
        self._salts = random_ids()
        self._count = self._unfolded = 0
        self._touched = Touched(self._w)
        self._waiting: list[Fact] | None = [] if w.turn.about else None
        self._pens: dict[tuple[str, str], tuple[Kind, Pen]] = {}

    def look_at_clock(self) -> None:
        """What is written from here on is written now: a run bears the time of its first word, unless it looks again."""
        now = self._w.clock.now()
        self._earliest = next_tick(0, int(self._w.meta(_SEEN_CLOCK, "0")), wall_micros(now))
        self._recorded_at = local_text(utc_text(now))
        self._pens.clear()

    def append(self, drafts: Iterable[Draft]) -> list[Fact]:
        """The drafts as the next facts of their streams."""
        world = worlds.load(self._w)
        return self.keep([self.write(of_activity(self._kinds, draft, world)) for draft in drafts])

    def keep(self, facts: list[Fact]) -> list[Fact]:
        """Store facts that were written; they come back."""
        ledger.append_own(self._w, facts)
        self._note(facts)
        if self._unfolded >= _AT_ONCE:
            self.fold()
        return facts

    def _note(self, facts: Sequence[Fact]) -> None:
        self._touched.add_own(facts)
        self._count += len(facts)
        self._unfolded += len(facts)
        if self._waiting is not None:
            self._waiting += facts

    def hand_over(self) -> bool:
        """Leave it to whoever commits to seal and fold this with what others say, where all of it may wait; whether it was left."""
        waiting, about = self._waiting, self._w.turn.about
        if waiting is None or not all(self._kinds[fact.kind].may_wait and fact.subject in about for fact in waiting):
            return False
        if waiting:
            self._w.turn.handed.append(Handed(about, waiting))
        return True

    def take_over(self, facts: Sequence[Fact]) -> None:
        """Seal and fold, in the end, what was appended and handed over."""
        self._heads |= {Stream(fact.scope, fact.writer): Head(fact.seq, fact.chain, fact.clock) for fact in facts}
        self._own = max(self._own, facts[-1].clock)
        self._note(facts)

    def finish(self) -> None:
        """Seal every stream written to, keep the clock, and fold what was touched."""
        if not self._count:
            return
        key = own_key(self._w)
        ledger.add_seals(
            self._w,
            [(stream, seal(key, self._campaign, stream, head.seq, head.chain)) for stream, head in self._heads.items()],
        )
        self._w.set_meta(_OWN_CLOCK, str(self._own))
        self._w.set_meta(_WRITTEN, str(int(self._w.meta(_WRITTEN, "0")) + self._count))
        self.fold()

    def fold(self) -> None:
        """Fold what was touched, before more is appended that depends on it; sealing can wait until the end."""
        touched, self._touched = self._touched, Touched(self._w)
        fold(self._w, touched)
        ledger.forget(self._w)
        self._unfolded = 0

    def write(self, draft: Draft) -> Fact:
        """The draft as the next fact of its stream, to be kept."""
        kind, pen = self._pens.get((draft.kind, draft.place)) or self._pen(draft)
        stream = pen.stream
        if wrong := breach(kind, stream.scope, draft.subject, draft.body):
            raise ValueError(wrong)
        head = self._heads.get(stream) or ledger.head(self._w, self._campaign, stream)
        self._own = min(max(self._own + 1, self._earliest), LARGEST)
        fact = pen.write(draft, kind.v, head, self._own)
        if fact.body and len(fact.body) > LONGEST_TEXT and kind.name not in CARRIERS and has_long_text(draft.body):
            raise BadInput("这段文字太长，没有保存。", reason="too_long", hint=f"请缩短到 {LONGEST_TEXT} 个字以内。")
        self._heads[stream] = Head(fact.seq, fact.chain, fact.clock)
        if kind.home is Home.UNITS:
            self._touched.bodies[fact.chain] = draft.body
        return fact

    def _pen(self, draft: Draft) -> tuple[Kind, Pen]:
        """What writes this kind of fact in this place."""
        if not self._pens:
            self.look_at_clock()
        kind = self._kinds[draft.kind]
        stream = Stream(scope_of(kind, draft.place), self._writer)
        ready = self._pens[draft.kind, draft.place] = kind, Pen(self._campaign, stream, self._recorded_at, self._salts)
        return ready


def introduce(w: Writer) -> None:
    """What a copied or restored file says before anything else: who it was, and who it is now.

    Every transaction that writes begins with it (`Catalogue.begin`), so that nobody who asks what a file may say need think of it.
    """
    predecessor, campaign = w.meta(PREDECESSOR), w.meta("campaign")
    if not predecessor or not campaign:
        return
    w.drop_meta(PREDECESSOR)
    key = own_key(w)
    sealing = own_sealing_key(w).public
    signature = sign(own_key(w, predecessor), succession_message(campaign, predecessor, key.public, sealing))
    body = {"key": key.public, "sealing_key": sealing, "predecessor": predecessor, "signature": signature}
    record(w, [Draft("", "writer_succeeded", subject("node", predecessor), body)])


def finish_handed(w: Writer, handed: Sequence[Handed]) -> None:
    """Seal and fold, once, what writes that share a commit have said, then carry what that made due (`SharedCommits`)."""
    recording = Recording(w)
    for each in handed:
        recording.take_over(each.what)
    recording.finish()
    carry(w)


def see_clocks(w: Writer, clocks: Iterable[int]) -> None:
    """Remember the furthest clock met, so that what is written from now on comes after it (within limits)."""
    highest = max(clocks, default=0)
    if highest > int(w.meta(_SEEN_CLOCK, "0")):
        w.set_meta(_SEEN_CLOCK, str(highest))


_OF_NODES = {Right.PARENT, Right.ANCESTOR, Right.SUCCESSOR, Right.NODE}
"""What nodes say in `public`; everything else there is the root's (docs/ledger.md#trust)."""


def of_activity(kinds: Kinds, draft: Draft, world: World) -> Draft:
    """The draft with the activity that it belongs to, where its kind does: that which is going on, unless it names another.

    Its client id is the activity's own, so that next year's mark of the same lesson is another.
    """
    if "activity" not in kinds[draft.kind].body or "activity" in draft.body:
        return draft
    client_id = hash_id(world.activity, draft.client_id) if world.activity and draft.client_id else draft.client_id
    place, kind, about, body, actor, happened_on, batch, _, replaces = draft  # as `_replace` would, in half the time
    return Draft(place, kind, about, {"activity": world.activity, **body}, actor, happened_on, batch, client_id, replaces)


def refuse_closed(world: World, kind: Kind, draft: Draft) -> None:
    """Refuse what is new in an activity that is closed; what others said of it before they knew counts when it arrives."""
    if "activity" in kind.body and draft.body["activity"] in world.closed and not kind.after_close:
        raise closed(world.activities[draft.body["activity"]])


def closed(activity: Activity) -> Refused:
    """What is said to whoever would record something in an activity that is over."""
    return Refused(
        f"“{activity.name}”已于 {activity.closed_on} 结束，不再登记。", reason="activity_closed",
        hint="确实要补记的，请主办单位先在活动页撤回“结束”，补完再结束。")  # fmt: skip


class Said(NamedTuple):
    """What became of a draft: the fact, and whether it was there already."""

    fact: Fact
    known: bool


def say(w: Writer, drafts: Sequence[Draft]) -> list[Said]:
    """Record drafts that were not said before; of those that were, the earlier fact comes back.

    Raises NotAllowed when this file may not say it, Refused ("conflict") when the same client id was used for something else.
    """
    speech = Speech(w)
    said = speech.say(drafts)
    speech.finish()
    return said


class Speech:
    """One run of saying, in as many pieces as fit into memory; `finish` seals, folds and carries, once."""

    def __init__(self, w: Writer) -> None:
        self._w = w
        self._recording = Recording(w)
        self._allowed: set[tuple[str, str]] = set()
        self._kinds = kinds_of(w)
        self._writer = w.meta(WRITER)
        self._is_root = worlds.load(w).trust.is_root(self._writer)

    def say(self, drafts: Sequence[Draft]) -> list[Said]:
        """Append what is new. A unit below one that is only added here is said once that one is there: rights reach as far as
        units.
        """
        said: list[Said] = []
        for piece in self._pieces(drafts):
            if said:
                self.fold()
            said += self._say(piece)
        return said

    def _pieces(self, drafts: Sequence[Draft]) -> Iterator[Sequence[Draft]]:
        if self._is_root:
            yield drafts
            return
        start, added = 0, set[str]()
        for place, draft in enumerate(drafts):
            if self._kinds[draft.kind].home is Home.UNITS:
                if not added.isdisjoint(units_of_word(draft.kind, draft.subject, draft.body)):
                    yield drafts[start:place]
                    start, added = place, set()
                added.add(subject_key(draft.subject))
        yield drafts[start:]

    def _say(self, drafts: Sequence[Draft]) -> list[Said]:
        world, kinds = worlds.load(self._w), self._kinds
        drafts = [of_activity(kinds, draft, world) for draft in drafts]
        drafts = [self._unblocked(draft, world) if kinds[draft.kind].asks_for_seat else draft for draft in drafts]
        for draft in drafts:
            self._check(draft, world)
        sets = [bool(kinds[draft.kind].registers) for draft in drafts]
        tips = Tips(self._w, {draft.subject for draft, is_set in zip(drafts, sets, strict=True) if is_set}) if any(sets) else None
        known = said_before(self._w, drafts)
        said = [
            self._set(draft, tips, before) if tips and is_set else self._add(draft, before)
            for draft, is_set, before in zip(drafts, sets, known, strict=True)
        ]
        self._recording.keep([each.fact for each in said if not each.known])
        return said

    def _add(self, draft: Draft, known: Fact | None) -> Said:
        """An entry: known by its client id."""
        return Said(known, known=True) if known else Said(self._recording.write(draft), known=False)

    def _set(self, draft: Draft, tips: Tips, before: Fact | None) -> Said:
        """Of registers what stands is named, so that this takes its place; a form sent twice is known by its client id."""
        is_first = not draft.replaces and tips.is_first(draft)
        known = before or (None if is_first else tips.known(draft))
        kind = self._kinds[draft.kind]
        if known and (not kind.asks_for_seat or is_heard(self._w, worlds.load(self._w), kind, known)):
            return Said(known, known=True)
        fact = self._recording.write(draft if is_first else tips.naming(draft, self._writer))
        tips.add(fact)
        return Said(fact, known=False)

    def _unblocked(self, draft: Draft, world: World) -> Draft:
        """Without a client id that a word bears which counts for nothing: that one must not keep this one from being said."""
        kind = self._kinds[draft.kind]
        if not draft.client_id:
            return draft
        blocks = (not is_heard(self._w, world, kind, fact) for fact in ledger.by_client_id(self._w, [draft.client_id]))
        return draft._replace(client_id=None) if any(blocks) else draft

    def look_at_clock(self) -> None:
        """What is said from here on is said now."""
        self._recording.look_at_clock()

    def fold(self) -> None:
        """Fold what was said, so that what is said next can build on it."""
        self._recording.fold()

    def finish(self) -> None:
        """Seal and fold, then carry what that made due: now, or with what others say, as all of it is committed."""
        if not self._recording.hand_over():
            self.seal()
            carry(self._w)

    def seal(self) -> None:
        """Seal and fold alone."""
        self._recording.finish()

    def _check(self, draft: Draft, world: World) -> None:
        """May this file say it? Remembers what it allowed; all but the root have to ask of each unit and activity anew."""
        place, kind = (draft.place, draft.kind), self._kinds[draft.kind]
        refuse_closed(world, kind, draft)
        if kind.asks_for_seat:
            refuse_lower_seat(self._w, world, self._writer, kind, draft)
        if place not in self._allowed:
            if not may_say(self._w, draft):
                raise not_granted(self._w, draft)
            if self._is_root or (kind.home is not Home.UNITS and draft.place not in {"", PUBLIC}):
                self._allowed.add(place)


def carry(w: Writer, most: int | None = None) -> int:
    """Carry and tell all that is due and allowed here, or `most` of it; how many facts that took. Carrying twice adds nothing."""
    count = 0
    for _ in range(4):  # carrying can make more due (a merged person's works, then their telling); it ends by itself
        due = list(islice((draft for draft in drafts_due(w) if may_say(w, draft)), most))
        if not due:
            break
        speech = Speech(w)
        fresh = [each for each in speech.say(due) if not each.known]
        if not fresh:
            break
        speech.seal()
        count += len(fresh)
        if count == most:
            break
    return count


def may_say(r: Reader, draft: Draft) -> bool:
    """Whether this file's writer has the right, by its grants and the kind's row."""
    world, writer, kind = worlds.load(r), r.meta(WRITER), kinds_of(r)[draft.kind]
    scope = scope_of(kind, draft.place)
    if scope == PUBLIC:
        return world.trust.speaks(writer) and (kind.right in _OF_NODES or _may_of_an_activity(world, writer, kind, draft))
    stream = Stream(scope, writer)
    if family_of(scope) == "units":
        units = units_of_word(draft.kind, draft.subject, draft.body)
        if not units:  # a withdrawal: it reaches only what the writer itself has said (`facts/world`)
            return world.trust.speaks(writer)
        return all(world.trust.limit(stream, unit).is_open for unit in units)
    return world.trust.limit(stream, scope_unit(scope) or "").is_open


def _may_of_an_activity(world: World, writer: str, kind: Kind, draft: Draft) -> bool:
    """Whether a writer may say in `public` what is the root's, and in an activity its host's, too."""
    if draft.kind == "activity_opened":
        return world.hosting.may_open(writer, draft.subject, draft.body)
    if kind.right in {Right.HOST, Right.COVERS_SCOPE}:
        return world.hosting.may_speak(writer, draft.subject, draft.body)
    return world.trust.is_root(writer)


def may_write(world: World, writer: str, unit: str) -> bool:
    """Whether a writer's grant covers the people of a unit."""
    return world.trust.covers_people(writer, unit)


def not_granted(r: Reader, draft: Draft) -> NotAllowed:
    """The refusal for a scope this file has no right to."""
    scope = scope_of(kinds_of(r)[draft.kind], draft.place)
    unit = scope_unit(scope)
    home = worlds.load(r).tree.units.get(unit or "")
    where = (
        f"{home.name if home else '未知单位'}的人员"
        if unit
        else "单位树的这一部分"
        if family_of(scope) == "units"
        else "这个活动的规则和公开内容"
        if draft.subject.startswith("activity:")
        else "全营的规则、课程和名单"
    )
    return NotAllowed(
        f"这份数据文件没有写入{where}的授权。",
        hint="请上级单位办理授权，或交由上级录入。",
        at_console="请上级单位办理授权（campmgr node request），或交由上级录入。",
    )
