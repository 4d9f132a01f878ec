"""The certificates of a unit's subtree as they are printed, one as an Open Badges file (F-19, F-20; docs/certificates.md#badge)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from campmgr.areas.camp.settings import Camp
from campmgr.areas.certificates.proof.badge import Badge, badge_token
from campmgr.areas.certificates.queries.camps import as_of_certificate
from campmgr.areas.certificates.queries.certificates import HERE, Whom
from campmgr.areas.certificates.queries.checks import name_of_node
from campmgr.areas.certificates.queries.statements import Signer, signing_key
from campmgr.areas.certificates.settings import Certificate
from campmgr.areas.hours.rules.readiness import conditions_required
from campmgr.areas.hours.settings import Completion
from campmgr.errors import NotAllowed, NotFound
from campmgr.facts.world import World
from campmgr.store.door import Reader
from campmgr.typed_codes import certificate_number_in
from campmgr.wording import hours_text


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
_PRINTS = f"""select c.number, p.name, u.name, c.credited, c.issued_on, u.unit, p.class_name, p.person
    from units u join people p on p.home = u.unit join certificates c on c.person = p.person
    where {HERE} and c.state = 'valid' and p.name <> ''
      and not exists (select 1 from certificates n where n.person = c.person and n.activity = c.activity
        and n.edition > c.edition and n.state = 'valid')
      and (c.number = :number or (:number = '' and c.activity = :activity))
    order by u.place, p.class_key, p.name, c.number limit :most"""  # noqa: S608 - our own words

_ALL = 10**9
_PLATFORM = "select person, number from platform_certificates where person in (:keys) order by person, issued_on, fact"


def certificate_prints(
    r: Reader, world: World, unit: str, line: str = "", number: str = "", most: int = 0, *, class_name: str = "", person: str = ""
) -> tuple[PrintedCertificate, ...]:
    """The valid certificates of the camp that a unit's people hold, or the one with a number, of whatever camp; erased people
    have no name to print. `most`: only so many, 0 for all; of a class or one person where these are named.

    Raises NotFound when there is none.
    """
    whom = Whom(unit, line, class_name, person).asked(world)  # a person's home may not be known here yet
    rows = r.all(_PRINTS, **whom, number=certificate_number_in(number), most=most or _ALL, activity=world.activity)
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


_CONDITIONS = {"sign_in": "签到", "follow": "关注并预约", "daily_scan": "每日扫码"}


def certificate_badge(r: Reader, world: World, unit: str, number: str, line: str = "") -> str:
    """The signed text of one certificate of a unit's people. Raises NotFound, NotAllowed where this file may not sign it."""
    world = as_of_certificate(r, world, number)
    (found,) = certificate_prints(r, world, unit, line, number)
    key = signing_key(r, world)
    if key is None or not found.statement:
        raise NotAllowed("这份数据文件没有持有人所在单位的授权，不能签发徽章。", hint="请在上级或持有人单位的电脑上下载。")
    rules, base = world.rules, world.rules[Camp].base_address.rstrip("/")
    also = "、".join(_CONDITIONS[each] for each in conditions_required(rules))
    badge = Badge(
        number=found.number,
        name=found.name,
        title=rules[Certificate].name,
        camp=rules[Camp].name,
        criteria=f"学满 {hours_text(rules[Completion].required_hundredths)} 课时" + (f"，并完成{also}。" if also else "。"),
        hours=hours_text(found.credited),
        issuer=name_of_node(world, world.trust.node_of(key.writer)),
        issued_on=found.issued_on,
        address=f"{base}/c/{found.number}" if base else "",
    )
    return badge_token(key, badge)
