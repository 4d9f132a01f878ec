"""A kind of fact as one row, and that row as the law: where such a fact stands, of whom it speaks, who may say it, what it holds.

The rows themselves stand in `facts/kinds.py` and in each area's `kinds.py`. Both doors ask `breach`: whoever writes a fact, and
whoever takes one in from a pack. Field types: `text`, `int`, `flag`, `list`, `map`; a trailing `?` allows null.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple

from campmgr.clock import LARGEST
from campmgr.ids import canonical
from campmgr.ledger.envelope import PUBLIC, Fact, family_of

Body = dict[str, Any]


class Earlier(NamedTuple):
    """A version before the present one: what its body holds, and the pure function that says it as the next version does."""

    body: Mapping[str, str]
    lift: Callable[[Body], Body]


class Right(StrEnum):
    """Who may say it; decided from the grants in `facts/trust`."""

    ROOT = "the camp's root alone"
    HOST = "the camp's root, and in an activity a node whose grant gives the host unit whole"
    PARENT = "a node, within its own grants, for a child"
    ANCESTOR = "a node above the one it speaks of"
    SUCCESSOR = "a new writer, with its predecessor's signature"
    RECOVERY = "whoever holds the recovery key, with its signature"
    NODE = "a node of the camp, about what it did in its own scopes"
    COVERS_UNIT = "a node whose grant covers the unit spoken of"
    COVERS_SCOPE = "a node whose grant covers the scope it stands in"


class Seat(IntEnum):
    """Who speaks of what a unit has handed in, in that unit's scope: the higher, the more a word weighs (`facts/seats`)."""

    ANY = 0
    OWN = 1
    ABOVE = 2
    HOST = 3


class Home(StrEnum):
    """Which family of scopes such a fact stands in."""

    PUBLIC = "public"
    UNITS = "units"
    PEOPLE = "people"
    WHERE_IT_REACHES = "the scope of what it takes back"


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One row. `subjects` are the sorts it may speak of, `folds` the names of those that read it.

    `brings` tells how many of them a pack brings: "{n} 人新加入"; those without are added up.
    `called` is its name in a history, and `words` what such a fact says there, given the world and its body; `between_nodes`: only
    nodes tell it each other, and a history on a page leaves it out. `may_undo`: a history offers to take it back. `stays`: why it
    is never withdrawn, and what to do instead; "" where it can be. `erasable`: it holds personal details, so its body may go.

    `registers`: what of its subject such a fact sets, so that a later word takes an earlier one's place (docs/ledger.md#registers):
    a name, with fields of the body in braces, `member {unit}`, and behind `=` the field that is its value, if one alone is; `*` for
    every field that the body holds; `changes.*` for every key of that map. A kind without any adds an entry beside others.
    `partial`: its body holds only the fields that it sets. `dated`: what was set before stays history, as the way back from what
    stands. `spreads`: every scope that such facts name must know of it.

    `seat`: from which seat it must be said at least, beside `right`, given the world and its body. `staged`: it says how far
    something has come, so that a word of a higher seat stands against those of lower ones, whatever they replace.

    `earlier`: the versions before this one, the first first; a fact of theirs is read as one of this version. `after_close`: it may
    be said of an activity that is closed. `may_wait`: it changes nothing but its subject's rows and what is summed up of them, so
    that several which share a commit are sealed and folded at once.
    """

    name: str
    home: Home
    right: Right
    subjects: tuple[str, ...]
    folds: tuple[str, ...]
    body: Mapping[str, str]
    called: str = ""
    brings: str = ""
    between_nodes: bool = False
    words: Callable[[Any, Body], str] | None = None
    may_undo: bool = False
    stays: str = ""
    erasable: bool = False
    registers: tuple[str, ...] = ()
    partial: bool = False
    dated: bool = False
    spreads: bool = False
    seat: Callable[[Any, Body], Seat] | None = None
    staged: bool = False
    earlier: tuple[Earlier, ...] = ()
    after_close: bool = False
    may_wait: bool = False
    v: int = field(init=False, default=1)
    """The version that is written."""
    asks_for_seat: bool = field(init=False, default=False)
    """Whether it depends on who says it if such a word counts; of what takes back, on what it takes back."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "v", len(self.earlier) + 1)
        object.__setattr__(self, "asks_for_seat", self.seat is not None or self.home is Home.WHERE_IT_REACHES)

    def of_version(self, v: int) -> Kind | None:
        """The row as it was in a version; None where nobody here knows it."""
        if v == self.v:
            return self
        return replace(self, body=self.earlier[v - 1].body, earlier=self.earlier[: v - 1]) if 0 < v < self.v else None

    def seat_needed(self, world: Any, body: Body) -> Seat:
        """The least seat from which a body counts; `Seat.ANY` where whoever may write there may say it."""
        return self.seat(world, body) if self.seat else Seat.ANY

    def lifted(self, v: int, body: Body) -> Body:
        """A body of a version, as the present one says it."""
        for before in self.earlier[v - 1 :]:
            body = before.lift(body)
        return body


Kinds = Mapping[str, Kind]
"""Every kind that a node knows, by its name."""

_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,), "text?": (str, type(None)), "int": (int,), "int?": (int, type(None)), "flag": (bool,), "list": (list,),
    "map": (dict,),
}  # fmt: skip

_DEEPEST = 16
"""Lists and maps within one another in a body."""

LONGEST_TEXT = 50_000
"""Characters of a text in a body: no page takes nearly as many, and a name of megabytes would hang every page it stands on."""

_HOLDING = (list, dict)

_decode = json.JSONDecoder().decode

_SHORT = 200
"""Characters of a body up to which equal ones are read once: that a class has seen a lesson is said of each pupil alike."""


def of_host(_: Any, __: Body) -> Seat:
    """For a kind that is the host's alone."""
    return Seat.HOST


def fields(text: str) -> dict[str, str]:
    """A body's fields from one line, `lesson minutes:int? reason`: a name alone is a text."""
    pairs = (each.partition(":") for each in text.split())
    return {name: sort or "text" for name, _, sort in pairs}


def scope_of(kind: Kind, place: str) -> str:
    """The scope in which such a fact stands, for a draft's place."""
    if kind.home is Home.PUBLIC:
        return PUBLIC
    if "/" in place and kind.home is not Home.WHERE_IT_REACHES:
        raise ValueError(f"{kind.name} is said at a unit, and {place} is a scope")
    return place if kind.home is Home.WHERE_IT_REACHES else f"{kind.home}/{place}"


def breach(kind: Kind, scope: str, subject: str, body: Body | None) -> str:
    """What of a fact is against its kind's row, as a sentence for whoever mends the program; "" for a lawful one.

    A body that is None was erased, or left out on the way: only erasable kinds may lack theirs, and what carries them.
    """
    if wrong := breach_of_place(kind, scope, subject):
        return wrong
    if body is None:
        return "" if kind.erasable else f"{kind.name} lacks its body, and only personal details may"
    return "" if fits(kind, body) else f"not a body of {kind.name}: {sorted(body)}"


def breach_of_place(kind: Kind, scope: str, subject: str) -> str:
    """What is against a kind's row in where a fact stands and of whom it speaks; "" for nothing."""
    if is_misplaced(kind, scope):
        return f"{kind.name} may not stand in {scope}: its home is {kind.home}"
    if subject.partition(":")[0] not in kind.subjects:
        return f"{kind.name} may not speak of {subject}: only of {', '.join(kind.subjects)}"
    return ""


@lru_cache(maxsize=4096)
def is_misplaced(kind: Kind, scope: str) -> bool:
    """Whether a scope is of another family than the kind's home, or of none that this program knows."""
    family = family_of(scope)
    return family != kind.home and not (kind.home is Home.WHERE_IT_REACHES and family)


def fits(kind: Kind, body: Any) -> bool:
    """Whether a body holds exactly the kind's fields, each of its type. `True` is not an integer here."""
    if not isinstance(body, dict):
        return False
    if body.keys() != kind.body.keys() and not (kind.partial and body and body.keys() <= kind.body.keys()):
        return False
    sorts = kind.body
    for name, value in body.items():  # a loop, since this is asked twice for every fact and all() takes twice the time
        found = type(value)
        if found not in _TYPES[sorts[name]] or (found is int and not -LARGEST <= value <= LARGEST):
            return False  # a number that no table can hold would stop every node it reaches, and not only its writer's
        if found in _HOLDING and not _is_plain(value, _DEEPEST):
            return False
    return True


def has_long_text(value: object) -> bool:
    """Whether a body, or anything in it, is a text longer than any that is kept; asked where a body as a whole is as long."""
    if isinstance(value, dict | list):
        return any(map(has_long_text, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and len(value) > LONGEST_TEXT


def _is_plain(value: object, depth: int) -> bool:
    """Whether what a list or map holds can be stored, compared and written again: whole numbers that fit, no bottomless depth."""
    if isinstance(value, dict | list):
        inside = value.values() if isinstance(value, dict) else value
        return depth > 0 and all(_is_plain(each, depth - 1) for each in inside)
    return value is None or type(value) in (str, bool) or (type(value) is int and -LARGEST <= value <= LARGEST)


def registers_of(kind: Kind, body: Body) -> tuple[str, ...]:
    """The registers of its subject that a fact sets; () for one that adds an entry."""
    if not kind.registers:
        return ()
    if kind.registers == ("*",):
        return tuple(body)
    found: list[str] = []
    for name, every, is_made in _registers(kind.registers):
        if every:
            found += [f"{name} {key}" for key in body[name]]
        else:
            found.append(name.format_map(body) if is_made else name)
    return tuple(found)


@cache
def _registers(declared: tuple[str, ...]) -> tuple[tuple[str, bool, bool], ...]:
    """Of each declared register its name, whether it is one for every key of a map, and whether its name is made of the body."""
    every = [(each, each.endswith(".*")) for each in declared]
    return tuple((each.removesuffix(".*") if of_map else each.partition("=")[0], of_map, "{" in each) for each, of_map in every)


def value_in(kind: Kind, body: Body, register: str) -> object:
    """What a fact says of a register that it sets, to be compared with what another says of it."""
    if kind.registers == ("*",):
        return body[register]
    for each in kind.registers:
        name, _, about = each.partition("=")
        if about and name.format_map(body) == register:
            return body[about]
        if each.endswith(".*") and register.startswith(f"{each[:-2]} "):
            return body[each[:-2]][register[len(each) - 1 :]]
    return [kind.name, body]


def is_known(kinds: Kinds, fact: Fact) -> bool:
    """Whether this program knows a fact's kind and version."""
    kind = kinds.get(fact.kind)
    return kind is not None and 0 < fact.v <= kind.v


def read_body(kinds: Kinds, fact: Fact) -> Body | None:
    """A fact's body as its kind has it today; None when erased, of an unknown kind or version, or against its kind's row.

    Asked again of every stored fact: it may have come in before this program knew its kind.
    """
    kind = kinds.get(fact.kind)
    if kind is None or fact.body is None:
        return None
    row = kind if kind.v == fact.v else kind.of_version(fact.v)
    if row is None or breach_of_place(row, fact.scope, fact.subject):
        return None
    body = body_of(row, fact.body)
    return body if row is kind or body is None else kind.lifted(fact.v, body)


def body_of(kind: Kind, text: str) -> Body | None:
    """A stored body that holds what the kind's row says; None for any other.

    Whoever asks must not change it: short ones that are equal are one object, save those with personal details.
    """
    return _read(kind, text) if kind.erasable or len(text) > _SHORT else _read_once(kind, text)


def _read(kind: Kind, text: str) -> Body | None:
    body = decoded(text)
    return body if body is not None and fits(kind, body) else None


_read_once = lru_cache(maxsize=4096)(_read)


def decoded(text: str) -> Body | None:
    """A stored body as a mapping; None for what is no JSON object, or hides a text that is no Unicode and could not be stored."""
    try:
        body = _decode(text)
        if "\\u" in text:
            canonical(body).encode()
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None
