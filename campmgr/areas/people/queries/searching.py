"""Who is found by what somebody types: two characters of a name, pinyin, initials, the beginning of a number, four last digits."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.people.fold.searching import ENDING, ending_word, word_of
from campmgr.areas.units.settings import OUTSIDE
from campmgr.facts.world import World
from campmgr.pinyin import typed_pinyin
from campmgr.store.door import Reader

MOST = 800
"""People of all whom a search looks at: what fits more of them is asked for another character."""

FEW = 2500
"""People of a unit and those below it among whom whatever is typed finds everybody, however many it fits elsewhere."""

_AFTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Sought:
    """What was typed, as the words of people are kept. `digits`: a whole code or telephone, "" for anything else."""

    word: str
    ending: str = ""
    digits: str = ""


def sought(text: str) -> Sought:
    """Read what was typed: Chinese as it is, Latin letters as pinyin, initials or number, digits as number or ending."""
    word = word_of(text)
    if word.isascii() and word.isdigit():
        return Sought(word, ending_word(word) if len(word) == ENDING else "", word if len(word) > ENDING else "")
    return Sought(typed_pinyin(word) if _is_latin(word) else word)


def _is_latin(word: str) -> bool:
    return any(each.isalpha() for each in word) and all(each < "\u0370" or not each.isalpha() for each in word)


SUBTREE = """
    select p.person from units u join people p on p.home = u.unit
    where u.path >= :path and u.path < :end and (:line = '' or u.line = :line)
    union
    select m.person from units u join memberships m on m.unit = u.unit
    where u.path >= :path and u.path < :end and (:line = '' or u.line = :line)"""
"""Everyone at home or a member in a subtree, for an account with a line in the units of that line."""

_AT_HOME = """
    select count(*) from (
        select 1 from units u join people p on p.home = u.unit where u.path >= :path and u.path < :end limit :few)"""

_BEGINNINGS = """
    select person from (select person from person_words where word >= :word and word < :after order by word limit :most)"""
_AMONG_FEW = f"""select h.person from ({SUBTREE}) h where exists (
    select 1 from person_words k where k.person = h.person and k.word >= :word and k.word < :after)"""  # noqa: S608 - our own words

_FOUND = """
    with sought as ({beginnings}
        union select person from person_words where word = :ending
        union select person from people where code = :digits
        union select stands_for from aliases where code = :digits
        union select k.person from person_words k join people p on p.person = k.person where k.word = :last and p.phone = :digits),
    here as (
        select s.person from sought s cross join people p on p.person = s.person cross join units u on u.unit = p.home
        where u.path >= :path and u.path < :end and (:line = '' or u.line = :line) and p.kind <> :outside
        union
        select s.person from sought s cross join memberships m on m.person = s.person cross join units u on u.unit = m.unit
        cross join people p on p.person = s.person
        where u.path >= :path and u.path < :end and (:line = '' or u.line = :line) and p.kind <> :outside)"""
"""From the few who fit to where they are: a camp has more units than that. `cross join` keeps SQLite to this order."""


@dataclass(frozen=True, slots=True)
class Searched:
    """A search as SQL: `here` holds whom it finds, with the values it asks for. `whole`: no more fit than were looked at."""

    here: str
    values: dict[str, object]
    whole: bool


def searched(r: Reader, world: World, unit: str, text: str, line: str = "") -> Searched:
    """Find people of a unit and those below it by what was typed; with a line, in that line's units only.

    Few fit what was typed, or few are there: either way a search looks at few people. Where both are many, it takes those that come
    first and says so.
    """
    path, asked = world.tree.units[unit].path, sought(text)
    values: dict[str, object] = {
        "path": path, "end": path[:-1] + "0", "line": line, "most": MOST, "few": FEW, "outside": OUTSIDE,
        "word": asked.word, "after": asked.word and asked.word + _AFTER, "ending": asked.ending,
        "digits": asked.digits, "last": ending_word(asked.digits) if asked.digits else "",
    }  # fmt: skip
    fitting = r.value(
        "select count(*) from (select 1 from person_words where word >= :word and word < :after limit :most)", **values
    )
    if fitting < MOST:
        return Searched(_FOUND.format(beginnings=_BEGINNINGS), values, whole=True)
    is_small = r.value(_AT_HOME, **values) < FEW
    return Searched(_FOUND.format(beginnings=_AMONG_FEW if is_small else _BEGINNINGS), values, whole=is_small)
