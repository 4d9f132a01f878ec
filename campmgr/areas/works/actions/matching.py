"""Saying which work a row of like counts means: an existing one, a new one, or none; remembered for every import to come."""

from __future__ import annotations

from collections.abc import Sequence

from campmgr.areas.people.actions.people import Registration, joined_draft, register_drafts
from campmgr.areas.people.queries.finding import Person, people_by_id
from campmgr.areas.units.queries.report_lines import direct_unit
from campmgr.areas.units.settings import OUTSIDE
from campmgr.areas.works.actions.works import Reading, place_of_work, reading_draft, work_draft
from campmgr.areas.works.local import WaitingRow, drop_waiting, waiting_of
from campmgr.areas.works.queries.readings import author_standing, likes_by_time, works_called
from campmgr.areas.works.rules.work import Work, work_id
from campmgr.clock import local_day, parse_instant
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.saying import say
from campmgr.ids import born_in, hash_id, random_id
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.door import Reader, Writer


def match_to_work(w: Writer, key: str, text: str, actor: str = "") -> str:
    """The rows under a key mean this work (its id, link or 编号): their counts become its own. Raises NotFound."""
    rows = _rows(w, key)
    work = _find_work(w, text)
    person = author_standing(w, work)
    author = people_by_id(w, [person]).get(person)
    if author is None:
        raise BadInput("这件作品的作者不在本机，不能在这里处理。", reason="unknown_person", hint="请等作者的资料到齐后再试。")
    place = place_of_work(w, work, author)
    matched = Draft(
        place, "work_matched", subject("work", work), {"key": key}, actor=actor, client_id=hash_id("matched", work, key)
    )
    say(w, [matched, *_readings(w, place, work, rows, actor)])
    drop_waiting(w, key)
    return work


def match_to_new(w: Writer, key: str, person: str, actor: str = "") -> str:
    """The rows under a key mean a work nobody has registered: of this person, or ("") of an author from outside by name.

    Raises BadInput without an author, NotFound for an unknown person or unit.
    """
    rows = _rows(w, key)
    said, batch = rows[-1].said, rows[-1].batch
    author, drafts = _author(w, rows[-1], person, actor)
    campaign = w.meta("campaign")
    work = Work(said.title, said.link, said.number, said.account, published_on=said.published_on)
    told = work if work.link or work.number else Work(said.title, number=key)  # the key is what tells it apart
    first = work_draft(campaign, told, author.person, author.home, local_day(parse_instant(rows[0].read_at)), batch, actor)
    key_of = work_id(campaign, told)
    matched = Draft(first.place, "work_matched", first.subject, {"key": key}, actor=actor, batch=batch,
                    client_id=hash_id("matched", key_of, key))  # fmt: skip
    if told is not work:
        first.body["number"] = ""
    say(w, [*drafts, first, matched, *_readings(w, first.place, key_of, rows, actor)])
    drop_waiting(w, key)
    return key_of


def _rows(w: Reader, key: str) -> list[WaitingRow]:
    rows = list(waiting_of(w, [key]))
    if not rows:
        raise NotFound("这一行已经处理过，或者所在的文件已经撤回。", reason="unknown_fact", hint="请刷新页面。")
    return rows


def _find_work(r: Reader, text: str) -> str:
    found = works_called(r, text)
    if len(found) != 1:
        raise NotFound(f"没有链接或编号为“{text[:60]}”的作品。", reason="unknown_work", hint="请从作品列表里复制链接或编号。")
    return found.pop()


def _author(w: Reader, row: WaitingRow, person: str, actor: str) -> tuple[Person, list[Draft]]:
    if person:
        known = people_by_id(w, [person]).get(person)
        if known is None:
            raise NotFound("没有这个人。", reason="unknown_person", hint="请刷新页面。")
        joins = [joined_draft(known.home, known.person, worlds.load(w).activity, row.batch, actor)] if known.is_absent else []
        return known, joins
    if not row.said.author:
        raise BadInput("新作品要有作者。", reason="missing_value", hint="请在表里补上作者后重新导入，或选择已有的作品。")
    world = worlds.load(w)
    home = find_unit(world, row.said.unit).unit if row.said.unit else direct_unit(world)
    new = born_in(home, random_id())
    drafts = register_drafts(new, Registration(home, row.said.author, kind=OUTSIDE), row.batch, actor)
    return Person(new, home, OUTSIDE, "", row.said.author), drafts


def _readings(r: Reader, place: str, work: str, rows: Sequence[WaitingRow], actor: str) -> list[Draft]:
    """The counts of the rows, in the batches of their files, so that taking a file back takes them along."""
    standing = likes_by_time(r, work)
    drafts = []
    for row in rows:
        said, (fact, likes) = row.said, standing.get(row.read_at, ("", None))
        if likes != said.likes:
            reading = Reading(row.read_at, said.likes, said.plays, said.rounded, said.at_least)
            drafts.append(reading_draft(place, work, reading, fact, row.batch, actor))
    return drafts
