"""Rows of this data file alone: join codes, who waits since they entered by one, links to own pages, for whom a browser has spoken,
rows of lists that wait since their 编号 is somebody else's, and who looked at what of whom.

Of a link only a hash of its token is kept. A browser makes up a random number and keeps it (`static/app.js`); whoever clears it is
a new device, so how many it spoke for is a hint and proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from campmgr.class_order import class_key
from campmgr.clock import today_of, utc_text
from campmgr.facts.area import Forgotten
from campmgr.facts.file_names import forget_file_names
from campmgr.ids import random_token, sha256
from campmgr.store.door import Reader, Row, Writer
from campmgr.typed_codes import page_token_in
from campmgr.wording import name_key

_COLUMNS = "select code, unit, ends_on, most, used, active, sort, class_name from local_join_codes"

UNIT, CLASS, FAMILY = "unit", "class", "family"
"""What a join code is for. By the last two one enters and waits for a word; they always have a limit."""


@dataclass(frozen=True, slots=True)
class JoinCode:
    """A unit's code for joining: until when, how many at most (0: any), how many came, and whether it still works; for anybody of
    the unit, for a class (`class_name`) or for a family.
    """

    code: str
    unit: str
    ends_on: str
    most: int
    used: int
    active: bool
    sort: str = UNIT
    class_name: str = ""

    @property
    def waits(self) -> bool:
        """Whether who enters by it waits for a word."""
        return self.sort != UNIT


def add_join_code(w: Writer, code: JoinCode, made_at: str, made_by: str, press: str = "") -> None:
    """Keep a new code; `press`: the button that made it, where several are made at once."""
    w.run("insert into local_join_codes (code, unit, ends_on, most, used, active, made_at, made_by, sort, class_name, press)"
          " values (:code, :unit, :ends_on, :most, 0, 1, :at, :by, :sort, :class_name, :press)",
          code=code.code, unit=code.unit, ends_on=code.ends_on, most=code.most, at=made_at, by=made_by, sort=code.sort,
          class_name=code.class_name, press=press)  # fmt: skip


def set_join_code(w: Writer, code: str, *, works: bool) -> None:
    """Let a code work, or no longer."""
    w.run("update local_join_codes set active = :works where code = :code", code=code, works=int(works))


def count_joining(w: Writer, code: str, people: int = 1) -> None:
    """So many more came by this code; fewer than none where places are free again."""
    w.run("update local_join_codes set used = used + :people where code = :code", code=code, people=people)


def join_code(r: Reader, code: str) -> JoinCode | None:
    """The code of this very spelling, whether it works or not."""
    row = r.one(_COLUMNS + " where code = :code", code=code)
    return _code(row) if row else None


def join_codes_of(r: Reader, units: list[str]) -> list[JoinCode]:
    """The codes of these units, the newest last."""
    return [_code(row) for row in r.among(_COLUMNS + " where unit in (:keys) order by made_at", units)]


def join_codes_of_press(r: Reader, unit: str, press: str) -> list[JoinCode]:
    """What a press of a button has made for a unit already."""
    return [_code(row) for row in r.all(_COLUMNS + " where unit = :unit and press = :press order by code", unit=unit, press=press)]


def count_join_codes(r: Reader) -> int:
    """How many codes were ever made here."""
    return int(r.value("select count(*) from local_join_codes"))


def _code(row: Row) -> JoinCode:
    code, unit, ends_on, most, used, active, sort, class_name = row
    return JoinCode(code, unit, ends_on, most, used, bool(active), sort, class_name)


def _hash(token: str) -> str:
    """Of a link only this is kept; the token may come as somebody typed or pasted it."""
    return sha256(page_token_in(token))


def new_page(w: Writer, person: str, *, recovered: bool = False) -> str:
    """A fresh token for a person's own page; only its hash is kept. `recovered`: found again without anybody who knows them."""
    token = random_token()
    w.run("insert into local_pages (token_hash, person, made_at, recovered) values (:hash, :person, :at, :recovered)",
          hash=_hash(token), person=person, at=utc_text(w.clock.now()), recovered=int(recovered))  # fmt: skip
    return token


class OwnPage(NamedTuple):
    """A link to somebody's own page as it is kept: never the token itself. `recovered`: 1 for one that was found again."""

    token_hash: str
    person: str
    made_at: str
    recovered: int


def own_pages(r: Reader) -> list[OwnPage]:
    """Every link that works."""
    return [OwnPage(*row) for row in r.all("select token_hash, person, made_at, recovered from local_pages order by token_hash")]


def keep_pages(w: Writer, pages: Iterable[OwnPage]) -> None:
    """Let links work that were given out by another data file of this laptop."""
    w.many(
        "insert into local_pages (token_hash, person, made_at, recovered) values (?, ?, ?, ?) on conflict do nothing", list(pages)
    )


def other_pages(r: Reader, person: str, but: str = "") -> int:
    """How many links to somebody's own page there are, save one token."""
    sql = "select count(*) from local_pages where person = :person and token_hash <> :but"
    return int(r.value(sql, person=person, but=_hash(but)))


def end_pages(w: Writer, person: str, but: str = "") -> int:
    """End the links to somebody's own page, save one token; how many that were."""
    return w.run("delete from local_pages where person = :person and token_hash <> :but", person=person, but=_hash(but))


def is_recovered_page(r: Reader, token: str) -> bool:
    """Whether a link was found again by code and telephone, and nobody has confirmed it."""
    return bool(r.value("select recovered from local_pages where token_hash = :hash", hash=_hash(token)))


def recovered_pages(r: Reader, person: str) -> int:
    """How many of somebody's links were found again and not confirmed."""
    return int(r.value("select count(*) from local_pages where person = :person and recovered = 1", person=person))


def confirm_pages(w: Writer, person: str) -> list[str]:
    """Somebody who knows a person says that it was they who found their page again; what takes that back, a hash for each link."""
    found = [row[0] for row in w.all("select token_hash from local_pages where person = :person and recovered = 1", person=person)]
    w.run("update local_pages set recovered = 0 where person = :person", person=person)
    return found


def doubt_pages(w: Writer, person: str, hashes: Iterable[str]) -> None:
    """Take back what `confirm_pages` said of these links of a person."""
    w.many("update local_pages set recovered = 1 where person = ? and token_hash = ?", [(person, each) for each in hashes])


def owner_of_page(r: Reader, token: str) -> str | None:
    """The id of the person for whom a token was made; None for an unknown token."""
    person = r.value("select person from local_pages where token_hash = :hash", hash=_hash(token))
    return None if person is None else str(person)


def page_made_at(r: Reader, token: str) -> str:
    """When a token was made, as a stored instant; "" for an unknown one."""
    return str(r.value("select made_at from local_pages where token_hash = :hash", hash=_hash(token)) or "")


_MOST = 64


def note_device(w: Writer, device: str, person: str) -> None:
    """Note that a browser spoke for somebody; "" for one that sent no number changes nothing."""
    if device:
        w.run("insert into local_spoken_for (person, device_hash, first_at) values (:person, :device, :at) on conflict do nothing",
              person=person, device=sha256(device[:_MOST]), at=utc_text(w.clock.now()))  # fmt: skip


def people_of_device(r: Reader, device: str) -> list[str]:
    """Everyone for whom a browser spoke, the last first."""
    sql = "select person from local_spoken_for where device_hash = :device order by first_at desc limit 200"
    return [row[0] for row in r.all(sql, device=sha256(device[:_MOST]))]


def people_of_their_devices(r: Reader, people: Iterable[str]) -> dict[str, int]:
    """For each of these people for whom a browser spoke: how many people the busiest of those browsers spoke for, them included."""
    sql = """select mine.person, max((select count(*) from local_spoken_for other where other.device_hash = mine.device_hash))
             from local_spoken_for mine where mine.person in (:keys) group by mine.person"""
    return dict(r.among(sql, people))


class TakenNumber(NamedTuple):
    """A row of a list whose 编号 is that of somebody else (`bearer`): what it says, and where it stood. `person`: whom it was found
    to be, where that is another person; "" for nobody yet.
    """

    conflict: str
    unit: str
    number: str
    name: str
    class_name: str
    phone: str
    kind: str
    guardian: bool
    bearer: str
    batch: str
    row_number: int
    person: str = ""


_TAKEN = "conflict, unit, number, name, class_name, phone, kind, guardian, bearer, batch, row_number, person"


def keep_taken_numbers(w: Writer, rows: Iterable[TakenNumber]) -> None:
    """Remember rows until somebody decides; one that comes again stays the one it was."""
    day = today_of(w.clock)
    w.many(
        f"insert into local_number_conflicts ({_TAKEN}, name_key, class_key, met_on)"  # noqa: S608 - our own words
        " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (unit, number, name_key, class_key) do update set"
        " name = excluded.name, class_name = excluded.class_name, phone = excluded.phone, kind = excluded.kind,"
        " guardian = excluded.guardian, bearer = excluded.bearer, batch = excluded.batch, row_number = excluded.row_number,"
        " met_on = excluded.met_on",
        [(*row, name_key(row.name), class_key(row.class_name), day) for row in rows],
    )


def taken_numbers(r: Reader, conflicts: Iterable[str]) -> dict[str, TakenNumber]:
    """Rows by their ids."""
    rows = r.among(f"select {_TAKEN} from local_number_conflicts where conflict in (:keys)", conflicts)  # noqa: S608
    return {row[0]: TakenNumber(*row) for row in rows}


def found_to_be(w: Writer, conflict: str, person: str) -> None:
    """A row means somebody else than who bears its 编号."""
    w.run("update local_number_conflicts set person = :person where conflict = :conflict", conflict=conflict, person=person)


def others_found(r: Reader, numbers: Sequence[str]) -> dict[tuple[str, str, str, str], str]:
    """(Unit, 编号, name and class as they are compared) of rows that were found to be somebody else, and who."""
    if r.one("select 1 from local_number_conflicts limit 1") is None:
        return {}
    sql = """select unit, number, name_key, class_key, person from local_number_conflicts
             where number in (:keys) and person <> ''"""
    return {row[:4]: row[4] for row in r.among(sql, numbers)}


class Entrant(NamedTuple):
    """Somebody who entered by the code of a class or of a family: where they would be at home, what was typed, which version of
    the notice was agreed to, when; whom they were found to be ("" for nobody yet), and whether they were refused.
    """

    entrant: str
    code: str
    unit: str
    name: str
    class_name: str
    phone: str
    kind: str
    guardian: int
    consent: str
    entered_at: str
    person: str = ""
    refused: int = 0


_ENTRANT = "entrant, code, unit, name, class_name, phone, kind, guardian, consent, entered_at, person, refused"
_OF_ENTRANTS = f"select {_ENTRANT} from local_entrants where "  # noqa: S608 - our own words


def keep_entrants(w: Writer, rows: Iterable[Entrant], token: str) -> None:
    """Let people wait; `token` opens the page that tells what became of them, and only its hash is kept."""
    sql = f"insert into local_entrants ({_ENTRANT}, name_key, page_hash) values (?{', ?' * 13})"  # noqa: S608 - our own words
    w.many(sql, [(*row, name_key(row.name), sha256(token)) for row in rows])


def entrants_of_page(r: Reader, token: str) -> list[Entrant]:
    """Those whom a link shows, as they were typed."""
    return [Entrant(*row) for row in r.all(_OF_ENTRANTS + "page_hash = :hash order by entrant", hash=sha256(token))]


def entrants_by_id(r: Reader, ids: Iterable[str]) -> list[Entrant]:
    """Those of these ids."""
    return [Entrant(*row) for row in r.among(_OF_ENTRANTS + "entrant in (:keys) order by entrant", ids)]


def entrants_of(r: Reader, people: Iterable[str]) -> list[Entrant]:
    """Those who were found to be one of these people."""
    return [Entrant(*row) for row in r.among(_OF_ENTRANTS + "person in (:keys) and person <> '' order by entered_at", people)]


def entrants_like(r: Reader, name: str, phone: str, home: str) -> list[Entrant]:
    """Those for whom nobody has nodded who are called so and have this telephone, in this unit: most likely the same."""
    asked = "person = '' and unit = :home and phone <> '' and phone = :phone and name_key = :key order by entered_at"
    return [Entrant(*row) for row in r.all(_OF_ENTRANTS + asked, home=home, phone=phone, key=name_key(name))]


def drop_entrants(w: Writer, rows: Iterable[Entrant]) -> None:
    """Let rows go, as somebody has sent their form anew."""
    w.many("delete from local_entrants where entrant = ?", [(row.entrant,) for row in rows])


def settle_entrants(w: Writer, people: Mapping[str, str], *, refused: bool = False) -> None:
    """Say of entrants who they are ("" for nobody yet), or that they are refused."""
    w.many("update local_entrants set person = ?, refused = ? where entrant = ?",
           [(person, int(refused), entrant) for entrant, person in people.items()])  # fmt: skip


def note_look(w: Writer, what: str, person: str, home: str, actor: str, why: str = "") -> None:
    """Note that an account ("" for the person themselves) looks at something of somebody who is at home in a unit."""
    w.run("insert into local_looks (at, actor, what, person, home, why) values (:at, :actor, :what, :person, :home, :why)",
          at=utc_text(w.clock.now()), actor=actor, what=what, person=person, home=home, why=why)  # fmt: skip


_THEIRS = "name_key = :key and (unit = :home or (phone <> '' and phone = :phone))"
"""Rows that may be of somebody: of the name, in the unit or with the telephone. A namesake's elsewhere are somebody else's."""


def forget_names(w: Writer, who: Forgotten) -> None:
    """Forget what holds the name of somebody whose details are erased: names of files, rows that wait, why somebody looked."""
    forget_file_names(w, who.name)
    w.run("update local_looks set why = '' where instr(why, :name)", name=who.name)
    theirs = {"key": name_key(who.name), "home": who.home, "phone": who.phone}
    w.run(f"delete from local_number_conflicts where {_THEIRS}", **theirs)  # noqa: S608 - our own words
    w.run(f"delete from local_entrants where person = :person or ({_THEIRS})", person=who.person, **theirs)  # noqa: S608
