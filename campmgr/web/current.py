"""What belongs to the request in hand, typed: the frame, handles of the data file, who asks.

Views call `with reading() as (r, world)` and `with writing() as (w, world)` and pass the handle on; nothing below this room
knows of Flask.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from flask import current_app, g, request

from campmgr import config
from campmgr.accounts.lists import reach_words
from campmgr.accounts.passwords import USUAL
from campmgr.accounts.queries import Account, holds_laptop, sees_activity
from campmgr.clock import minute_text, utc_text
from campmgr.errors import NotAllowed, NotFound, Refused
from campmgr.facts import earlier
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.catalogue import CAMP, Catalogue
from campmgr.facts.refolding import rebuild_if_due
from campmgr.facts.under_way import any_under_way
from campmgr.facts.world import World
from campmgr.files.export_mark import mark_words
from campmgr.files.press import Press
from campmgr.ids import sha256
from campmgr.store.door import Reader, Store, Writer
from campmgr.store.ledger import last_place
from campmgr.web.counts import Counts
from campmgr.web.jobs import Jobs
from campmgr.web.kept_pages import KeptPages
from campmgr.web.searches import Searches

EXTENSION = "campmgr"
WARNINGS = "campmgr warnings"
"""Where an application keeps what it is, and what tells whoever is logged in of trouble."""

PATIENCE = 3.0
"""Seconds for which a form waits while others write; then its browser is told to try again (`Busy`)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How an application is started: where a new camp would be opened, the one-time set-up token, what a password costs,
    how many seconds a form waits for a job before it shows how far that is, and the addresses at which it is served, the one
    that others reach first.
    """

    data_path: Path
    setup_token: str = ""
    cost: str = USUAL
    patience: float = 2.0
    addresses: Callable[[], Sequence[str]] = lambda: ("http://localhost",)


@dataclass(slots=True)
class PastCamp:
    """An earlier camp whose tables were looked at: its id, what the data file held when they were found to be fresh, and what is
    remembered of them; how often they were made, and whether somebody waits to see those made last.
    """

    activity: str
    heads: str = ""
    times_made: int = 0
    is_awaited: bool = False
    memory: dict[str, object] = field(default_factory=dict)

    def is_shown(self, held: str, *, is_there: bool) -> bool:
        """Whether its tables can be shown without a further look: they are those of what is held, or were made for this very page.

        What came in while they were made is left to the next page: where people register every minute nobody would see any.
        """
        awaited, self.is_awaited = self.is_awaited, False
        return is_there and (awaited or self.heads == held)


@dataclass(slots=True)
class Frame:
    """One running application. `store` is None until a camp has been opened; `setup_hash` is "" once the link was used.

    `asking`: the data file that waits for its answer, while `store` is its drafts. `drafts`: those, once it was taken in, until
    they are brought in.
    """

    settings: Settings
    catalogue: Catalogue
    store: Store | None
    setup_hash: str = ""
    asking: Store | None = None
    drafts: Store | None = None
    jobs: Jobs = field(default_factory=Jobs)
    lock: threading.Lock = field(default_factory=threading.Lock)
    counts: Counts = field(default_factory=Counts)
    searches: Searches = field(default_factory=Searches)
    swept_at: float = -math.inf
    sums: dict[str, str] = field(default_factory=dict)
    past: dict[str, PastCamp] = field(default_factory=dict)
    kept: KeptPages = field(default_factory=KeptPages)

    def open_store(self) -> Store:
        """The data file. Raises NotFound while there is none."""
        if self.store is None:
            raise NotFound(
                "这里还没有训练营。", reason="no_data_file", hint="请在运行程序的那台电脑上打开它显示的本机地址，选怎样开始。"
            )
        return self.store

    def stores(self) -> tuple[Store, ...]:
        """Every data file that is open."""
        return tuple(each for each in (self.store, self.asking, self.drafts) if each is not None)

    def sum_of(self, name: str) -> str:
        """Eight digits that change with a static file's content; "" for a file that is not there."""
        if name not in self.sums:
            path = config.package_folder("static") / name
            self.sums[name] = sha256(path.read_bytes())[:8] if path.is_file() else ""
        return self.sums[name]


def frame_of(settings: Settings, catalogue: Catalogue, store: Store | None, drafts: Store | None = None) -> Frame:
    """A new application's frame over an up-to-date data file; only the hash of the set-up token is kept."""
    for each in (store, drafts):
        if each is not None:
            rebuild_if_due(each)
            each.empty_log(patience=0)  # of whatever a kill has left in it
    found = Frame(settings, catalogue, store, sha256(settings.setup_token) if settings.setup_token else "", drafts=drafts)
    if store is not None and drafts is not None:
        with store.reading() as r:
            is_waiting = not worlds.load(r).root_unit
        if is_waiting:
            found.store, found.asking, found.drafts = drafts, store, None
    return found


@dataclass(frozen=True, slots=True)
class ShownActivity:
    """An activity as the frame of a page shows it: what names it in an address, its name, whether it is the training camp."""

    address: str
    name: str
    is_camp: bool


SORTS = "campmgr sorts"
"""Where an application keeps of which sort of activity each blueprint is."""


class NotLoggedIn(NotAllowed):
    """Nobody is logged in, and the page is for people with an account."""

    reason = "not_logged_in"


def frame() -> Frame:
    """The running application's frame."""
    return cast("Frame", current_app.extensions[EXTENSION])


def press() -> Press:
    """What sets pages for the data file. Raises NotFound without one."""
    return Press(frame().open_store().path)


@contextmanager
def reading() -> Iterator[tuple[Reader, World]]:
    """One unchanging view of the data file, and the world as of it; on a page of an earlier camp, of that one's tables.

    Raises NotFound without a file, Refused without a camp.
    """
    store, past = frame().open_store(), past_camp()
    with earlier.opened(store, past.activity, past.memory) if past else nullcontext(store) as shown, shown.reading() as r:
        try:
            yield r, _camp(r)
        finally:
            _count(r)


@contextmanager
def writing(*about: str) -> Iterator[tuple[Writer, World]]:
    """One transaction on the data file; committed before the answer leaves. Raises as `reading` does.

    `about`: the only subjects of which it reads or says anything, where nothing is read after what it says (`Store.writing`).
    """
    with frame().open_store().writing(patience=PATIENCE, about=frozenset(about)) as w:
        g.facts_before = last_place(w)
        try:
            yield w, _camp(w)
        finally:
            _count(w)


def past_camp() -> PastCamp | None:
    """The earlier camp whose page this is; None on any other."""
    return cast("PastCamp | None", g.get("past"))


def camps() -> tuple[tuple[str, str, bool], ...]:
    """The camps of this data file, the present one last, as far as this request has seen them: code, name, whether it is shown."""
    world = seen()
    if world is None:
        return ()
    found = [each for each in world.activities.values() if each.sort == CAMP and each.is_known]
    return tuple((told.address, told.name, each.id == world.activity)
                 for told, each in zip(_told_apart(world, found), found, strict=True))  # fmt: skip


def account_or_none() -> Account | None:
    """Who is logged in, or None."""
    return cast("Account | None", g.get("account"))


def me() -> Account:
    """Who is logged in. Raises NotLoggedIn."""
    account = account_or_none()
    if account is None:
        raise NotLoggedIn("请先登录。", hint="登录后会回到刚才的页面。")
    return account


def facts_before() -> int:
    """The row of the last fact before this request began to write; 0 for none."""
    return cast("int", g.get("facts_before", 0))


def queries_asked() -> int:
    """How many SQL statements this request has run so far; for the tests of list pages."""
    return cast("int", g.get("queries", 0))


def export_words() -> str:
    """What a workbook that this request makes is marked with; "" where nobody is logged in."""
    account, world = account_or_none(), seen()
    if account is None or world is None:
        return ""
    at = minute_text(utc_text(frame().open_store().clock.now()))
    return mark_words(f"{account.name}（{account.login}）", at, reach_words(world, account))


def camp_name() -> str:
    """The camp's name as far as this request has seen it, else ""."""
    world = seen()
    return world.name if world else ""


def root_unit() -> str:
    """The unit of the whole camp as far as this request has seen it, else ""."""
    world = seen()
    return world.root_unit if world else ""


def is_laptop_held() -> bool:
    """Whether whoever is logged in organizes all that this laptop holds, as far as this request has seen it."""
    return bool(g.get("is_laptop_held"))


def activities_shown() -> tuple[ShownActivity, ...]:
    """The activities that go on and are shown to whoever asks, as far as this request has seen them."""
    world, account = seen(), account_or_none()
    if world is None:
        return ()
    if "activities" not in g:
        g.activities = _told_apart(
            world, [each for each in world.activities.going_on() if account is None or sees_activity(world, account, each)]
        )
    return cast("tuple[ShownActivity, ...]", g.activities)


def has_camp() -> bool:
    """Whether a training camp was ever opened here, as far as this request has seen it."""
    world = seen()
    return world is None or world.has_camp


def is_importing() -> bool:
    """Whether some import is not through, as far as a page for somebody with an account has seen it."""
    return bool(g.get("is_importing"))


def warnings() -> tuple[str, ...]:
    """What whoever is logged in must be told on every page, as of the beginning of the request."""
    return cast("tuple[str, ...]", g.get("warnings", ()))


def own_address() -> str:
    """The address of these pages, for links that are printed and sent: of those at which they are served the one that was asked
    for, else the first, which others can open where any can. So too for whoever sits at this very computer, as the start script
    leads there. Never what a browser merely says (its Host header), which would lead people elsewhere.
    """
    served = [each.rstrip("/") for each in frame().settings.addresses()]
    asked = request.host_url.rstrip("/")
    return asked if asked in served and (not _is_own(asked) or _is_own(served[0])) else served[0]


def _is_own(address: str) -> bool:
    return urlsplit(address).hostname in {"127.0.0.1", "localhost"}


def page_asked() -> int:
    """The page of a list asked for in the address; 1 where none or nonsense is."""
    text = request.args.get("page", "1")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _camp(r: Reader) -> World:
    world = worlds.load(r)
    if not world.root_unit:
        raise Refused("这份数据文件还没有被训练营接纳。", reason="not_enrolled", hint="请在这台电脑上打开首页，接收上级给的文件。")
    see(world)
    if not world.has_camp and current_app.extensions[SORTS].get(request.blueprint) == CAMP:
        raise NotFound("这份数据文件里没有训练营。", reason="no_camp", hint="请从首页或“活动”页进入正在进行的活动。")
    if (account := account_or_none()) is not None and not request.is_json:  # no page, and no links on it
        g.is_laptop_held = holds_laptop(r, world, account)
        if request.method == "GET":
            g.is_importing = any_under_way(r)
    return world


def see(world: World) -> None:
    """Note the world as this request has seen it last: what the frame of a page shows of it is worked out where one is drawn."""
    g.seen = world
    g.pop("activities", None)


def seen() -> World | None:
    """The world as this request has seen it last; None before it has asked anything."""
    return cast("World | None", g.get("seen"))


def _told_apart(world: World, some: Sequence[Activity]) -> tuple[ShownActivity, ...]:
    """Activities as the frame of a page shows them; with its code where another of them bears the name."""
    names = [each.name for each in some]
    return tuple(
        ShownActivity(
            world.activities.address(each), each.name if names.count(each.name) == 1 else f"{each.name}（{each.code}）",
            each.sort == CAMP)
        for each in some
    )  # fmt: skip


def _count(r: Reader) -> None:
    g.queries = queries_asked() + r.queries
