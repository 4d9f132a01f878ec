"""Pages of an earlier camp: the same views at `/past/<code>/…`, which read that camp's own tables (docs/ledger.md#earlier-camps).

    /past/camp/office/reports/  ->  the part before the view's address goes into SCRIPT_NAME, so that its links stay there
    ->  `web.guard` asks here  ->  tables not there or stale: a job makes them, and its page leads back
    ->  `web.current.reading` reads them

A few views that only show something have such a page; any other address below leads to the camp that is going on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, request

from campmgr.clock import utc_text
from campmgr.errors import NotAllowed
from campmgr.facts import earlier
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.finding import find_activity
from campmgr.ids import hash_id
from campmgr.store.door import Store
from campmgr.store.ledger import heads
from campmgr.web import guard, respond, working
from campmgr.web.current import NotLoggedIn, PastCamp, account_or_none, frame
from campmgr.web.i18n import _
from campmgr.web.jobs import Progress
from campmgr.web.respond import Answer

SHOWN = "campmgr shown of the past"
"""Where an application keeps which views have a page of each earlier camp."""


def show_past(app: Flask, endpoints: Iterable[str]) -> None:
    """Give these views a page of each earlier camp."""
    app.extensions[SHOWN] = frozenset(endpoints)
    app.extensions[guard.PAST] = _past


def past_address(code: str) -> str:
    """The address of the page in hand for an earlier camp; "" for the one that is going on."""
    return (f"/past/{quote(code, safe='')}" if code else "") + request.full_path.rstrip("?")


def has_past() -> bool:
    """Whether the view in hand has a page of each earlier camp."""
    return request.endpoint in current_app.extensions.get(SHOWN, ())


def _past() -> Answer | None:
    """For an address of an earlier camp: its tables, made first where they are not there; on to the present for any other view."""
    code = request.environ.get(guard.ASKED, "")
    if not code or request.endpoint == "static" or request.blueprint == "account":
        return None
    if request.method not in {"GET", "HEAD"}:
        raise NotAllowed("往届训练营只能看，不能改。", hint="请回到本届再办理。")
    if not has_past():
        return respond.go(past_address(""))
    account = account_or_none()
    if account is None:
        raise NotLoggedIn("请先登录。", hint="登录后会回到刚才的页面。")
    store = frame().open_store()
    with store.reading() as r:
        world, held, now = worlds.load(r), heads(r), utc_text(r.clock.now())
    activity = find_activity(world, code)
    if not earlier.is_earlier(world, activity):
        return respond.go(past_address(""))
    known = frame().past.setdefault(activity.id, PastCamp(activity.id))
    if not known.is_shown(held, is_there=earlier.is_there(store, activity.id)):
        if not earlier.is_ready(store, activity.id):
            return _being_made(store, activity, known, past_address(world.activities.address(activity)), held + now[:15])
        known.heads = held
    g.past = known
    if guard.open_to(current_app.view_functions[request.endpoint or ""]) == "viewer":
        g.account = replace(account, role="viewer")  # nothing is offered that cannot be done here
    return None


def _being_made(store: Store, activity: Activity, known: PastCamp, here: str, when: str) -> Answer:
    """On to the page of the job that makes the tables, and from there back. `when` changes when it is worth another try: with what
    came in, and every ten minutes, should it have failed.
    """

    def work(told: Progress) -> None:
        earlier.make(store, activity.id, told)
        known.times_made, known.is_awaited = known.times_made + 1, True

    job = hash_id("past", activity.id, when, known.times_made)
    return working.answer_of(working.start(_("往届的表：") + activity.name, work, lambda _made: here, job))


def camps_to_choose(camps: Iterable[tuple[str, str, bool]]) -> list[tuple[str, str, bool]]:
    """Of camps (code, name, whether it is shown), the present one last: the address of the page in hand for each, and the rest."""
    every: list[Any] = list(camps)
    return [(past_address(code if at < len(every) - 1 else ""), name, shown) for at, (code, name, shown) in enumerate(every)]
