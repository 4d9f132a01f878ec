"""Accounts of this data file: opened, invited, logged in, reset, closed. None of it is a fact, none of it travels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from campmgr.accounts import kept_files, local, unsaved
from campmgr.accounts.local import AccountRow, LinkRow
from campmgr.accounts.passwords import USUAL, check_password, hash_password
from campmgr.accounts.queries import Account, Role, account_of, equals, governs, may_give
from campmgr.clock import utc_text
from campmgr.errors import BadInput, NotAllowed, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.facts.world import World
from campmgr.ids import random_id, sha256
from campmgr.store.door import Reader, Writer
from campmgr.wording import normal

INVITED, RESET = timedelta(days=14), timedelta(days=2)
"""How long an invitation, and a link to choose a new password, can be used."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What somebody types who opens an account."""

    login: str
    name: str
    password: str


@dataclass(frozen=True, slots=True)
class Place:
    """What an account is given: role, unit with all below it, and line ("" for every line)."""

    role: Role
    unit: str
    line: str = ""


def tidy_login(text: str) -> str:
    """A log-in name in the one form it is kept in: without outer blanks, in one case and width."""
    return normal(text).strip().casefold()


def open_account(w: Writer, who: NewAccount, place: Place, made_by: str = "", cost: str = USUAL) -> Account:
    """Open an account; the unit may be told as `find_unit` takes it.

    Raises NotFound "unknown_unit", BadInput "login_taken", "missing_value", "weak_password", "too_long".
    """
    login = tidy_login(who.login)
    if not login or not who.name.strip():
        raise BadInput("请填写登录名和姓名。", reason="missing_value")
    if local.account_of_login(w, login):
        raise BadInput(f"登录名“{login}”已经有人用了。", reason="login_taken", hint="请换一个登录名。")
    password = hash_password(check_password(who.password, login), cost)
    now = utc_text(w.clock.now())
    unit = find_unit(worlds.load(w), place.unit).unit
    row = AccountRow(random_id(), login, who.name.strip(), place.role, unit, place.line, password, 1, now, made_by)
    local.put_account(w, row)
    return account_of(row)


def invite(w: Writer, world: World, by: Account, place: Place, name: str = "", client_id: str = "") -> str:
    """The token of a link by which somebody opens an account with this place; only its hash is kept.

    The same client id again (a second press) gives a new token, and ends the first. Raises NotAllowed outside one's own scope.
    """
    if not by.has("organizer") or not may_give(world, by, place.unit, place.line):
        raise NotAllowed("只能邀请本单位及下级、本条线的人员。", hint="请选择您范围内的单位。")
    link = sha256(f"{by.account}:{client_id}")[:32] if client_id else random_id()
    known = local.link_of_id(w, link)
    if known is not None and (known.role, known.unit, known.line, known.name) != (place.role, place.unit, place.line, name):
        raise BadInput("这张表单已经提交过，内容不同。", reason="conflict", hint="请重新打开“账号”页面再填写。")
    return _put_link(w, link, "invite", by.account, INVITED, place=place, name=name)


def reset_link(w: Writer, world: World, by: Account, account: str) -> str:
    """The token of a link by which a lower account chooses a new password. Raises NotFound for one that is not theirs to reset."""
    row = governed(w, world, by, account)
    local.drop_links(w, account)
    return _put_link(w, random_id(), "reset", by.account, RESET, account=row)


def login_link(w: Writer, account: str, lasts: timedelta = RESET) -> str:
    """The token of a link that logs somebody in without typing, as often as they like. Raises NotFound.

    It is for the made-up camp, and for nothing else: such a link is as good as a password.
    """
    row = local.account_of_id(w, account)
    if row is None:
        raise _unknown()
    return _put_link(w, random_id(), "login", "", lasts, account=row)


def set_active(w: Writer, world: World, by: Account, account: str, *, active: bool) -> None:
    """Close a lower account, which ends its log-ins and links at once, or open it again. Raises NotFound."""
    row = governed(w, world, by, account)
    local.put_account(w, replace(row, active=int(active)))
    if not active:
        _end(w, account)


def closable(r: Reader, world: World, by: Account, account: str) -> AccountRow:
    """An account that is still open and that `by` may close, or of equal place, whose closing they may ask for. Raises NotFound."""
    row = local.account_of_id(r, account)
    if row is None or not row.active or not (governs(world, by, account_of(row)) or equals(world, by, account_of(row))):
        raise _unknown()
    return row


def equal_of(r: Reader, world: World, by: Account, account: str) -> AccountRow:
    """An account of equal place that is still open. Raises NotFound."""
    row = closable(r, world, by, account)
    if not equals(world, by, account_of(row)):
        raise _unknown()
    return row


def is_asked_by_another(r: Reader, by: Account, account: str) -> bool:
    """Whether another organizer, who is still one, has asked to close an account, so that agreeing closes it."""
    asked_by = local.closings_asked(r).get(account, "")
    first = local.account_of_id(r, asked_by) if asked_by else None
    return first is not None and bool(first.active) and asked_by != by.account


def ask_closing(w: Writer, world: World, by: Account, account: str) -> bool:
    """Close an account of equal place: the first organizer asks, a second one agrees; whether it is closed now.

    Nobody closes their equal alone, nor themselves. Raises NotFound for one that is not within reach.
    """
    row = equal_of(w, world, by, account)
    if not is_asked_by_another(w, by, account):
        local.ask_closing(w, account, by.account, utc_text(w.clock.now()))
        return False
    close_account(w, row)
    return True


def unask_closing(w: Writer, by: Account, account: str) -> None:
    """Take back that one has asked to close an account; what another has asked for stays."""
    if local.closings_asked(w).get(account) == by.account:
        local.drop_closing(w, account)


def close_account(w: Writer, row: AccountRow) -> None:
    """Close an account, whoever it is: its log-ins, links and invitations end at once."""
    local.put_account(w, replace(row, active=0))
    _end(w, row.account)


def _end(w: Writer, account: str) -> None:
    local.drop_devices(w, account)
    local.drop_links(w, account)
    local.drop_invitations(w, account)
    local.drop_closing(w, account)
    local.forget_browsers(w, account)
    unsaved.drop_of(w, account)
    kept_files.forget_account(account)


def cancel_invitation(w: Writer, world: World, by: Account, link: str) -> str:
    """End an invitation within one's own scope, whoever made it; the instant at which it would have ended. Raises NotFound."""
    row, now = _invited(w, world, by, link), utc_text(w.clock.now())
    if row.ends_at <= now:
        raise _no_invitation()
    local.end_link_at(w, link, now)
    return row.ends_at


def give_invitation_back(w: Writer, world: World, by: Account, link: str, ends_at: str) -> None:
    """Let an invitation that was cancelled be used again until its old end. Raises NotFound."""
    local.end_link_at(w, _invited(w, world, by, link).link, ends_at)


def _invited(r: Reader, world: World, by: Account, link: str) -> LinkRow:
    row = local.link_of_id(r, link)
    if row is None or row.kind != "invite" or row.used_at or not may_give(world, by, row.unit, row.line):
        raise _no_invitation()
    return row


def _no_invitation() -> NotFound:
    return NotFound("没有这份邀请，或已经用过。", reason="link_ended", hint="请刷新“账号”页面。")


def cancel_reset(w: Writer, world: World, by: Account, link: str) -> None:
    """End a link by which a lower account would choose a new password; its password stays as it is. Raises NotFound."""
    row = local.link_of_id(w, link)
    if row is None or row.kind != "reset" or row.used_at:
        raise NotFound("这个链接已经用过，密码已经重设。", reason="link_ended", hint="要再改，请再生成一个链接。")
    governed(w, world, by, row.account)
    local.end_link_at(w, link, utc_text(w.clock.now()))


def new_reset_link(w: Writer, row: AccountRow) -> str:
    """The token of a link by which whoever an account belongs to chooses a new password; earlier ones end."""
    local.drop_links(w, row.account)
    return _put_link(w, random_id(), "reset", "", RESET, account=row)


def link_of(r: Reader, token: str) -> LinkRow:
    """A link that can still be used. Raises NotFound "link_ended"."""
    link = local.link_of_token(r, sha256(token))
    if link is None or link.used_at or link.ends_at <= utc_text(r.clock.now()) or not _alive(r, link):
        raise NotFound("这个链接已经用过、已过期或不存在。", reason="link_ended", hint="请向给您链接的人再要一个。")
    return link


def accept_invitation(w: Writer, link: LinkRow, who: NewAccount, cost: str = USUAL) -> Account:
    """Open the account of an invitation and use the link up. Raises BadInput, NotFound when it was used meanwhile."""
    place = Place(link.role, link.unit, link.line)  # type: ignore[arg-type]  # written by `invite` alone
    account = open_account(w, who, place, link.made_by, cost)
    _use(w, link)
    return account


def choose_password(w: Writer, link: LinkRow, password: str, cost: str = USUAL) -> Account:
    """Set the password of a link's account, log every browser of it out and use the link up. Raises BadInput, NotFound."""
    row = local.account_of_id(w, link.account)
    if row is None:
        raise _unknown()
    _use(w, link)
    return account_of(set_password(w, row, password, cost))


def enter_by_link(w: Writer, link: LinkRow) -> Account:
    """Whom a log-in link stands for; it is not used up. Raises NotFound."""
    row = local.account_of_id(w, link.account)
    if row is None:
        raise _unknown()
    return account_of(row)


def set_password(w: Writer, row: AccountRow, password: str, cost: str = USUAL, but_device: str = "") -> AccountRow:
    """Give an account a new password; every browser of it is logged out, save one. Raises BadInput "weak_password"."""
    changed = replace(row, password=hash_password(check_password(password, row.login), cost))
    local.put_account(w, changed)
    local.drop_devices(w, row.account, but=but_device)
    return changed


def _alive(r: Reader, link: LinkRow) -> bool:
    """Whether the account a link is for has not been closed; of an invitation, whether whoever made it might still make it."""
    if link.account:
        row = local.account_of_id(r, link.account)
        return row is not None and bool(row.active)
    if not link.made_by:
        return True
    maker = local.account_of_id(r, link.made_by)
    if maker is None or not maker.active:
        return False
    by = account_of(maker)
    return by.has("organizer") and may_give(worlds.load(r), by, link.unit, link.line)


def _use(w: Writer, link: LinkRow) -> None:
    if not local.use_link(w, link.link, utc_text(w.clock.now())):
        raise NotFound("这个链接刚刚已被使用。", reason="link_ended", hint="请用刚才设好的账号登录。")


def _put_link(
    w: Writer, link: str, kind: str, by: str, lasts: timedelta, *, account: AccountRow | None = None,
    place: Place | None = None, name: str = "",
) -> str:  # fmt: skip
    token, now = random_id(), w.clock.now()
    given = place or Place("viewer", "")
    local.put_link(w, LinkRow(link, sha256(token), kind, account.account if account else "", name, given.role, given.unit,
                              given.line, utc_text(now), by, utc_text(now + lasts)))  # fmt: skip
    return token


def governed(r: Reader, world: World, by: Account, account: str) -> AccountRow:
    """An account that another may reset or close, open or not. Raises NotFound."""
    row = local.account_of_id(r, account)
    if row is None or not governs(world, by, account_of(row)):
        raise _unknown()
    return row


def _unknown() -> NotFound:
    return NotFound("没有这个账号，或不归您管理。", reason="unknown_account", hint="请从“账号”页面选择。")
