"""Rows of this data file alone: accounts, devices, one-time links, log-in attempts. They are no facts and never travel."""

from __future__ import annotations

from dataclasses import astuple, dataclass

from campmgr.store.door import Reader, Writer

ACCOUNT = "a.account, a.login, a.name, a.role, a.unit, a.line, a.password, a.active, a.made_at, a.made_by"
"""The columns of an AccountRow, of a table that a query calls `a`."""

_LINK = "link, token_hash, kind, account, name, role, unit, line, made_at, made_by, ends_at, used_at"


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as stored; instants in their stored form, `password` as its hash with parameters."""

    account: str
    login: str
    name: str
    role: str
    unit: str
    line: str
    password: str
    active: int
    made_at: str
    made_by: str


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A browser that is logged in."""

    device: str
    token_hash: str
    account: str
    label: str
    kept: int
    opened_at: str
    seen_at: str
    ends_at: str


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """Failures against a source: how many, since when, the last one."""

    source: str
    count: int
    since: str
    last_at: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A one-time link."""

    link: str
    token_hash: str
    kind: str
    account: str
    name: str
    role: str
    unit: str
    line: str
    made_at: str
    made_by: str
    ends_at: str
    used_at: str = ""


def account_of_login(r: Reader, login: str) -> AccountRow | None:
    """The account of a log-in name."""
    return _account(r.one(f"select {ACCOUNT} from local_accounts a where login = :login", login=login))  # noqa: S608 - our columns


def account_of_id(r: Reader, account: str) -> AccountRow | None:
    """The account of an id."""
    return _account(r.one(f"select {ACCOUNT} from local_accounts a where account = :id", id=account))  # noqa: S608 - our columns


def _account(row: tuple[object, ...] | None) -> AccountRow | None:
    return AccountRow(*row) if row else None  # type: ignore[arg-type]  # our own columns


def all_accounts(r: Reader) -> list[AccountRow]:
    """Every account, by log-in name."""
    sql = f"select {ACCOUNT} from local_accounts a order by login"  # noqa: S608 - our own columns
    return [AccountRow(*row) for row in r.all(sql)]


def has_organizer(r: Reader) -> bool:
    """Whether somebody can run the camp in a browser."""
    return bool(r.value("select 1 from local_accounts where role = 'organizer' and active = 1 limit 1"))


def put_account(w: Writer, row: AccountRow) -> None:
    """Add an account, or write its changed row; its id never changes."""
    w.many(
        """insert into local_accounts (account, login, name, role, unit, line, password, active, made_at, made_by)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (account) do update set login = excluded.login, name = excluded.name,
           role = excluded.role, unit = excluded.unit, line = excluded.line, password = excluded.password,
           active = excluded.active""",
        [astuple(row)])  # fmt: skip


def add_device(w: Writer, row: DeviceRow) -> None:
    """Remember a browser that logged in."""
    w.many("insert into local_devices values (?, ?, ?, ?, ?, ?, ?, ?)", [astuple(row)])


def note_log_in(w: Writer, account: str, at: str) -> None:
    """Remember when somebody logged in last."""
    w.run("insert into local_log_ins (account, at) values (:account, :at) on conflict (account) do update set at = excluded.at",
          account=account, at=at)  # fmt: skip


def last_log_ins(r: Reader) -> dict[str, str]:
    """When each account was logged in to last, by its id; none of those never used."""
    return dict(r.all("select account, at from local_log_ins"))


def devices_of(r: Reader, account: str, now: str) -> list[DeviceRow]:
    """The browsers of an account that are logged in, the one seen last first."""
    sql = """select device, token_hash, account, label, kept, opened_at, seen_at, ends_at from local_devices
             where account = :account and ends_at > :now order by seen_at desc, device"""
    return [DeviceRow(*row) for row in r.all(sql, account=account, now=now)]


def touch_device(w: Writer, device: str, now: str, ends_at: str) -> None:
    """Note that a browser was here."""
    w.run("update local_devices set seen_at = :now, ends_at = :ends where device = :id", now=now, ends=ends_at, id=device)


def drop_device(w: Writer, account: str, device: str) -> int:
    """Log one browser of an account out; how many that were."""
    return w.run("delete from local_devices where device = :device and account = :account", device=device, account=account)


def drop_devices(w: Writer, account: str, but: str = "") -> int:
    """Log every browser of an account out, save one; how many that were."""
    return w.run("delete from local_devices where account = :account and device <> :but", account=account, but=but)


def put_link(w: Writer, row: LinkRow) -> None:
    """Add a one-time link; the same id again gets the new token, and the old one is dead."""
    w.many(
        f"""insert into local_links ({_LINK}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (link) do update set token_hash = excluded.token_hash,
            ends_at = excluded.ends_at""",  # noqa: S608 - our own columns
        [astuple(row)])  # fmt: skip


def link_of_token(r: Reader, token_hash: str) -> LinkRow | None:
    """The link of a token, used or not."""
    row = r.one(f"select {_LINK} from local_links where token_hash = :hash", hash=token_hash)  # noqa: S608 - our columns
    return LinkRow(*row) if row else None


def link_of_id(r: Reader, link: str) -> LinkRow | None:
    """The link of an id."""
    row = r.one(f"select {_LINK} from local_links where link = :link", link=link)  # noqa: S608 - our columns
    return LinkRow(*row) if row else None


def open_links(r: Reader, kind: str, now: str) -> list[LinkRow]:
    """Links of a kind that can still be used, the newest first."""
    sql = f"""select {_LINK} from local_links where kind = :kind and used_at = '' and ends_at > :now
              order by made_at desc, link"""  # noqa: S608 - our own columns
    return [LinkRow(*row) for row in r.all(sql, kind=kind, now=now)]


def use_link(w: Writer, link: str, now: str) -> bool:
    """Use a link up; False when somebody was faster."""
    return w.run("update local_links set used_at = :now where link = :link and used_at = ''", now=now, link=link) == 1


def drop_links(w: Writer, account: str) -> None:
    """End every open link for an account."""
    w.run("delete from local_links where account = :account and used_at = ''", account=account)


def drop_invitations(w: Writer, made_by: str) -> None:
    """End every open invitation that an account made."""
    w.run("delete from local_links where kind = 'invite' and made_by = :by and used_at = ''", by=made_by)


def end_link_at(w: Writer, link: str, at: str) -> None:
    """Let one open link be used until an instant: now to end it, its old end to give it back."""
    w.run("update local_links set ends_at = :at where link = :link and used_at = ''", link=link, at=at)


def attempts(r: Reader, source: str) -> AttemptRow | None:
    """What stands against a source."""
    row = r.one("select source, count, since, last_at from local_attempts where source = :source", source=source)
    return AttemptRow(*row) if row else None


def put_attempt(w: Writer, row: AttemptRow) -> None:
    """Write down what stands against a source."""
    w.many(
        """insert into local_attempts (source, count, since, last_at) values (?, ?, ?, ?) on conflict (source) do update set
           count = excluded.count, since = excluded.since, last_at = excluded.last_at""",
        [astuple(row)])  # fmt: skip


def forgive_attempt(w: Writer, source: str) -> None:
    """Take one attempt of a source back."""
    w.run("update local_attempts set count = count - 1 where source = :source and count > 0", source=source)


def drop_attempts(w: Writer, source: str) -> None:
    """Forget the attempts of a source."""
    w.run("delete from local_attempts where source = :source", source=source)


def drop_ended(w: Writer, now: str, since: str) -> None:
    """Clear away devices that ended, and attempts and known browsers of long ago."""
    w.run("delete from local_devices where ends_at <= :now", now=now)
    w.run("delete from local_attempts where last_at < :since", since=since)


def is_known_browser(r: Reader, token_hash: str, account: str) -> bool:
    """Whether somebody has logged in there before."""
    return bool(r.value("select 1 from local_known_browsers where token_hash = :hash and account = :account",
                        hash=token_hash, account=account))  # fmt: skip


def know_browser(w: Writer, token_hash: str, account: str, now: str) -> None:
    """Remember that somebody logged in there."""
    w.run(
        """insert into local_known_browsers (token_hash, account, seen_at) values (:hash, :account, :now)
           on conflict (token_hash, account) do update set seen_at = excluded.seen_at""",
        hash=token_hash, account=account, now=now)  # fmt: skip


def forget_browsers(w: Writer, account: str, since: str = "9999") -> None:
    """Know no browser of an account any more, or none of before a time."""
    w.run("delete from local_known_browsers where account = :account and seen_at < :since", account=account, since=since)


def closings_asked(r: Reader) -> dict[str, str]:
    """Accounts that somebody asks to close, and who that is."""
    return dict(r.all("select account, asked_by from local_closings"))


def ask_closing(w: Writer, account: str, by: str, now: str) -> None:
    """Note that somebody asks to close an account."""
    w.run("""insert into local_closings (account, asked_by, asked_at) values (:account, :by, :now)
             on conflict (account) do update set asked_by = excluded.asked_by, asked_at = excluded.asked_at""",
          account=account, by=by, now=now)  # fmt: skip


def drop_closing(w: Writer, account: str) -> None:
    """Nobody asks any more."""
    w.run("delete from local_closings where account = :account", account=account)
