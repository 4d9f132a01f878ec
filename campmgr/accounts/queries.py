"""Who an account is, which units are theirs, and what the pages about accounts and devices show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, cast

from campmgr.accounts import local, unsaved
from campmgr.accounts.local import AccountRow, DeviceRow, LinkRow
from campmgr.clock import minute_text, parse_instant, utc_text
from campmgr.errors import NotAllowed, NotFound
from campmgr.facts.activities import Activity
from campmgr.facts.finding import AmbiguousActivity, AmbiguousUnit, find_unit
from campmgr.facts.laptops import own_place
from campmgr.facts.units import Unit
from campmgr.facts.world import World
from campmgr.ids import sha256
from campmgr.store.door import Reader

Role = Literal["viewer", "coordinator", "organizer"]
ROLES: tuple[Role, ...] = ("viewer", "coordinator", "organizer")
"""From the least to the most: whoever has a later role may do what an earlier one may."""

ROLE_WORDS: dict[Role, str] = {"viewer": "查看员", "coordinator": "联络员", "organizer": "组织方"}

UNKNOWN_UNIT = "未知单位"
"""Stands for the name of a unit that nobody whose word counts here has added."""

_NOTED_EVERY = timedelta(minutes=10)

UNWRITTEN_DEVICES = "browsers that could not be written"
"""Where a store keeps log-ins in memory for as long as its disk takes nothing."""


def role_word(role: str) -> str:
    """A stored role in Chinese."""
    return ROLE_WORDS[cast("Role", role)]


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who is logged in: role, unit (with all below it) and line ("" for every line), on one device."""

    account: str
    login: str
    name: str
    role: Role
    unit: str
    line: str
    device: str = ""

    def has(self, role: Role) -> bool:
        """Whether the role is at least this one."""
        return ROLES.index(self.role) >= ROLES.index(role)

    @property
    def actor(self) -> str:
        """Who said it, in a fact's envelope: the account's id, no name (docs/ledger.md#facts)."""
        return f"account:{self.account}"


def place_of(world: World, unit: str, line: str = "") -> Account:
    """Whoever sits at the machine, as one who has a unit (as it is typed) and all below it, in one line or in all. Raises NotFound,
    AmbiguousUnit.
    """
    return Account("", "", "", "organizer", find_unit(world, unit).unit, line)


def account_of(row: AccountRow, device: str = "") -> Account:
    """A stored account as the pages know it."""
    return Account(row.account, row.login, row.name, cast("Role", row.role), row.unit, row.line, device)


def account_of_token(r: Reader, token: str) -> tuple[Account, DeviceRow] | None:
    """Who shows this token, in which browser; None once the log-in ended or the account was closed."""
    row = r.one(
        f"""select {local.ACCOUNT}, d.device, d.token_hash, d.account, d.label, d.kept, d.opened_at, d.seen_at, d.ends_at
            from local_devices d join local_accounts a on a.account = d.account
            where d.token_hash = :hash and d.ends_at > :now and a.active = 1""",  # noqa: S608 - our own columns
        hash=sha256(token), now=utc_text(r.clock.now()))  # fmt: skip
    if row is None:
        return _unwritten(r, token)
    device = DeviceRow(*row[10:])
    return account_of(AccountRow(*row[:10]), device.device), device


def _unwritten(r: Reader, token: str) -> tuple[Account, DeviceRow] | None:
    """Who logged in while the disk took nothing."""
    devices = cast("dict[str, DeviceRow]", r.memory.get(UNWRITTEN_DEVICES, {}))
    device = devices.get(sha256(token))
    row = local.account_of_id(r, device.account) if device else None
    if device is None or row is None or not row.active or device.ends_at <= utc_text(r.clock.now()):
        return None
    return account_of(row, device.device), device


def is_stale(device: DeviceRow, now: datetime) -> bool:
    """Whether it is time to note that the browser was here: not at every page, since that would be a write each."""
    return now - parse_instant(device.seen_at) >= _NOTED_EVERY


def in_subtree(world: World, one: str, top: str) -> bool:
    """Whether a unit is another or stands below it today, both by their ids."""
    unit, above = world.tree.units.get(one), world.tree.units.get(top)
    return unit is not None and above is not None and unit.path.startswith(above.path)


def is_theirs(world: World, account: Account, unit: Unit) -> bool:
    """Whether the unit's people are the account's to see: in the subtree, and of the account's line where it has one."""
    return in_subtree(world, unit.unit, account.unit) and account.line in {"", unit.line}


def visible_unit(world: World, account: Account, text: str) -> Unit:
    """The door to a unit's own row and to the list below it, by what `find_unit` takes. Raises NotFound for one that is hidden:
    unknown, outside the account's subtree, or of another line; AmbiguousUnit where several are not.
    """
    found = [unit for unit in world.tree.called(text) if _is_visible(world, account, unit)]
    if not found:
        raise NotFound("没有这个单位，或不在您的范围内。", reason="unknown_unit", hint="请从“我的单位”进入。")
    if len(found) > 1:
        raise AmbiguousUnit(world, text, found)
    return found[0]


def _is_visible(world: World, account: Account, unit: Unit) -> bool:
    return in_subtree(world, unit.unit, account.unit) and (not account.line or unit.line in {"", account.line})


def unit_for(world: World, account: Account, text: str) -> Unit:
    """The one door to a unit's people. Raises as `visible_unit` does, and NotAllowed for a unit that is visible and not theirs:
    a region of no line, to an account with a line; they see its row in reports, not its people.
    """
    unit = visible_unit(world, account, text)
    if not is_theirs(world, account, unit):
        raise NotAllowed(f"{unit.name} 的人员不属于您的条线（{account.line}）。", hint="请选择下面属于本条线的单位。")
    return unit


def governs(world: World, above: Account, below: Account) -> bool:
    """Whether an account may reset or close another: an organizer, over what is inside their own scope and not their equal."""
    if not above.has("organizer") or above.account == below.account:
        return False
    if not may_give(world, above, below.unit, below.line):
        return False
    return above.role != below.role or (above.unit, above.line) != (below.unit, below.line)


def equals(world: World, one: Account, other: Account) -> bool:
    """Whether two organizers hold the same place, so that neither governs the other."""
    return one.has("organizer") and other.has("organizer") and one.account != other.account and (
        (one.unit, one.line) == (other.unit, other.line)) and may_give(world, one, other.unit, other.line)  # fmt: skip


def may_give(world: World, account: Account, unit: str, line: str) -> bool:
    """Whether a unit and line are within an account's own."""
    return in_subtree(world, unit, account.unit) and account.line in {"", line}


def holds_all(world: World, account: Account) -> bool:
    """Whether an account's scope is the whole camp: its root unit, and every line."""
    return account.unit == world.root_unit and not account.line


def sees_activity(world: World, account: Account, activity: Activity) -> bool:
    """Whether an activity is shown to an account: to its host, to those above and to those below."""
    return in_subtree(world, activity.host, account.unit) or in_subtree(world, account.unit, activity.host)


def runs_activity(world: World, account: Account, activity: Activity) -> bool:
    """Whether an account may run an activity: an organizer whose place covers the host unit, in every line."""
    return account.has("organizer") and not account.line and in_subtree(world, activity.host, account.unit)


def activity_for(world: World, account: Account, text: str, sort: str = "") -> Activity:
    """The door to an activity, by code or id, of one sort where one is named. Raises NotFound for one that is unknown, of another
    sort or not theirs to see, AmbiguousActivity where several are.
    """
    called = (each for each in world.activities.called(text) if sort in {"", each.sort})
    found = [each for each in called if sees_activity(world, account, each)]
    if not found:
        raise NotFound("没有这个活动，或不在您的范围内。", reason="unknown_activity", hint="请从“活动”页进入。")
    if len(found) > 1:
        raise AmbiguousActivity(world, f"代码“{text}”对应 {len(found)} 个活动：", found)
    return found[0]


def activity_run_by(world: World, account: Account, text: str) -> Activity:
    """The same for whoever runs it. Raises NotAllowed for somebody who only sees it."""
    activity = activity_for(world, account, text)
    if not runs_activity(world, account, activity):
        raise NotAllowed(f"“{activity.name}”由主办单位的组织方办理。", hint="如需修改，请联系主办单位。")
    return activity


def holds_laptop(r: Reader, world: World, account: Account) -> bool:
    """Whether an organizer's scope is all that this laptop was granted: of the root's the whole camp."""
    if not account.has("organizer") or holds_all(world, account):  # every page asks, and mostly needs to look up nothing
        return account.has("organizer")
    unit, line = own_place(r, world)
    return in_subtree(world, unit, account.unit) and account.line in {"", line}


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A browser that is logged in, as listed."""

    device: str
    label: str
    opened_at: str
    seen_at: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as listed; whether the reader may reset or close it, or ask for that since it is their equal, and whether somebody
    else has asked already.
    """

    account: str
    login: str
    name: str
    role: str
    unit: str
    line: str
    active: bool
    governed: bool
    equal: bool
    closing_asked: bool


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation that can still be used."""

    link: str
    name: str
    role: str
    unit: str
    line: str
    ends_at: str


@dataclass(frozen=True, slots=True)
class Accounts:
    """The accounts and open invitations within one's own scope."""

    accounts: tuple[AccountLine, ...]
    invitations: tuple[InvitationLine, ...]


@dataclass(frozen=True, slots=True)
class EndsWith:
    """What ends with an account: open invitations that it made, pages with something unsaved; and how many others of the same unit
    and line can go on with its work.
    """

    invitations: int
    unsaved: int
    others: int


def ends_with(r: Reader, account: Account) -> EndsWith:
    """What closing an account ends, and who is left for its unit."""
    now = utc_text(r.clock.now())
    others = sum(
        1 for row in local.all_accounts(r)
        if row.active and row.account != account.account and (row.unit, row.line) == (account.unit, account.line)
        and account_of(row).has(account.role)
    )  # fmt: skip
    made = sum(1 for link in local.open_links(r, "invite", now) if link.made_by == account.account)
    return EndsWith(made, unsaved.count_of(r, account.account), others)


def actors(r: Reader) -> dict[str, str]:
    """Names of the accounts of this data file, by how a fact names its actor."""
    return {f"account:{each.account}": each.name for each in local.all_accounts(r)}


def actors_of(r: Reader, world: World, account: Account) -> set[str]:
    """The accounts of an account's own unit and below it, by how a fact names its actor."""
    return {f"account:{each.account}" for each in local.all_accounts(r) if in_subtree(world, each.unit, account.unit)}


def devices_for(r: Reader, account: Account) -> tuple[DeviceLine, ...]:
    """Where somebody is logged in."""
    return tuple(_device_line(row, account.device) for row in local.devices_of(r, account.account, utc_text(r.clock.now())))


def accounts_for(r: Reader, world: World, account: Account) -> Accounts:
    """The accounts within an account's scope."""
    found, asked = [(account_of(row), row) for row in local.all_accounts(r)], local.closings_asked(r)
    lines = [
        AccountLine(each.account, each.login, each.name, ROLE_WORDS[each.role], unit_name(world, each.unit), each.line,
                    bool(row.active), governs(world, account, each), equals(world, account, each),
                    asked.get(each.account, "") not in {"", account.account})
        for each, row in found if may_give(world, account, each.unit, each.line)
    ]  # fmt: skip
    links = local.open_links(r, "invite", utc_text(r.clock.now()))
    invited = [_invitation(world, link) for link in links if may_give(world, account, link.unit, link.line)]
    return Accounts(tuple(lines), tuple(invited))


def unit_name(world: World, unit: str) -> str:
    """A unit's name by its id, or 未知单位 where it is not known here."""
    known = world.tree.units.get(unit)
    return known.name if known else UNKNOWN_UNIT


def _device_line(row: DeviceRow, this: str) -> DeviceLine:
    return DeviceLine(row.device, row.label, minute_text(row.opened_at), minute_text(row.seen_at), row.device == this)


def _invitation(world: World, link: LinkRow) -> InvitationLine:
    return InvitationLine(
        link.link, link.name, role_word(link.role), unit_name(world, link.unit), link.line, minute_text(link.ends_at)
    )
