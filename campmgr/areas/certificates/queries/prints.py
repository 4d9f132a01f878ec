"""The certificates of a unit's subtree as they are printed (F-19, F-20)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from campmgr.areas.certificates.queries.statements import Signer
from campmgr.areas.certificates.settings import Certificate
from campmgr.errors import NotFound
from campmgr.facts.world import World
from campmgr.ids import tidy_certificate_number
from campmgr.store.door import Reader


@dataclass(frozen=True, slots=True)
class PrintedCertificate:
    """A certificate that holds, with what is printed of its holder; class-hours in hundredths, as they were when it was issued.

    `statement`: what its QR code proves with no network (`proof/statement`); "" where this file may not sign it. `unit`: the
    home's code; `platform`: the numbers of the platform's own certificates (F-19).
    """

    number: str
    name: str
    unit_name: str
    credited: int
    issued_on: str
    statement: str = ""
    unit: str = ""
    class_name: str = ""
    platform: str = ""


# By unit, class and name: the order in which they are handed out.
_PRINTS = """select c.number, p.name, u.name, c.credited, c.issued_on, u.unit, p.class_name, p.person
    from units u join people p on p.home = u.unit join certificates c on c.person = p.person
    where u.path >= :path and u.path < :end and (:line = '' or u.line = :line) and c.state = 'valid' and p.name <> ''
      and not exists (select 1 from certificates n where n.person = c.person and n.edition > c.edition and n.state = 'valid')
      and (:number = '' or c.number = :number)
    order by u.path, p.class_name, p.name, c.number limit :most"""

_ALL = 10**9
_PLATFORM = "select person, number from platform_certificates where person in (:keys) order by person, issued_on, fact"


def certificate_prints(
    r: Reader, world: World, unit: str, line: str = "", number: str = "", most: int = 0
) -> tuple[PrintedCertificate, ...]:
    """The valid certificates of a unit's people, or the one with a number; erased people have no name to print. `most`: only so
    many, 0 for all.

    Raises NotFound when there is none.
    """
    path = world.tree.units[unit].path if unit in world.tree.units else ""  # a person's home may not be known here yet
    end = path + "\uffff" if path else ""
    rows = r.all(_PRINTS, path=path, end=end, line=line, number=tidy_certificate_number(number), most=most or _ALL)
    if not rows:
        raise NotFound("没有可以打印的有效证书。", reason="unknown_certificate", hint="请先签发证书，或换一个单位。")
    signer, platform = Signer(r, world), _platform_numbers(r, [row[-1] for row in rows])
    return tuple(
        PrintedCertificate(number, name, unit_name, credited, issued_on, signer.text(number, name, home, credited, issued_on),
                           home, class_name, " ".join(platform[person]))
        for number, name, unit_name, credited, issued_on, home, class_name, person in rows
    )  # fmt: skip


def _platform_numbers(r: Reader, people: Sequence[str]) -> dict[str, list[str]]:
    numbers: dict[str, list[str]] = defaultdict(list)
    for person, number in r.among(_PLATFORM, people):
        numbers[person].append(number)
    return numbers


def seal_picture(r: Reader, world: World) -> bytes:
    """The seal that belongs to the setting, as PNG; empty where none is set, or where this data file does not hold it."""
    digest = world.rules[Certificate].seal
    return bytes(r.value("select png from local_pictures where digest = :digest", digest=digest) or b"") if digest else b""
