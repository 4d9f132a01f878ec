"""The data file a command works on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from campmgr.cli.lazily import SORT
from campmgr.cli.output import ASKED, ASKED_NOW
from campmgr.clock import minute_text, utc_text
from campmgr.config import data_file
from campmgr.errors import Refused
from campmgr.facts import earlier
from campmgr.facts import world as worlds
from campmgr.facts.catalogue import CAMP, Catalogue
from campmgr.facts.finding import chosen_activity, find_activity
from campmgr.facts.refolding import rebuild_if_due
from campmgr.facts.world import World
from campmgr.files.export_mark import mark_words, marked
from campmgr.files.press import Press
from campmgr.store import data_file as data_files
from campmgr.store.door import Reader, Store, Writer


def catalogue_in_use(context: click.Context | None = None) -> Catalogue:
    """What the running program was started with; the command line hands it to every command."""
    found = (context or click.get_current_context()).find_object(Catalogue)
    if found is None:
        raise LookupError("the command line was started without a catalogue")
    return found


@contextmanager
def opened(db: str | None) -> Iterator[Store]:
    """The data file of `--db`, CAMPMGR_DB or the user's folder, open and up to date.

    Raises Refused where the command works in the camp that is going on and another was named (`present_camp_option`).
    """
    with data_files.opened(data_file(db), catalogue_in_use()) as store:
        rebuild_if_due(store)
        if code := _said_to(ASKED_NOW):
            with store.reading() as r:
                _refuse_others(camp_of(r), code)
        with marked(mark_words("在这台电脑上用命令", minute_text(utc_text(store.clock.now())), "整个数据文件")):
            yield store


def press_for(db: str | None) -> Press:
    """What sets pages for that data file, with the fonts beside it."""
    return Press(data_file(db))


def _said_to(where: str) -> str:
    context = click.get_current_context(silent=True)
    return str(context.meta.get(where, "")) if context else ""


def _refuse_others(world: World, code: str) -> None:
    found = chosen_activity(world, code, _said_to(SORT) or CAMP)
    if world.activities.is_earlier_camp(found):
        present = world.activities[world.activity]
        raise Refused(f"“{found.name}”（{code}）是往届训练营，只能查看，没有写入任何内容。", reason="earlier_camp",
                      hint=f"正在进行的是“{present.name}”，代码 {world.activities.address(present)}；"
                           f"往届的报表用 campmgr report 的 --activity {code}。")  # fmt: skip


@contextmanager
def writing(db: str | None) -> Iterator[Writer]:
    """One transaction on it. Raises Refused while no camp is in it."""
    with opened(db) as store, store.writing(alone=True) as w:
        camp_of(w)
        yield w


@contextmanager
def reading(db: str | None) -> Iterator[tuple[Reader, World]]:
    """One unchanging view of it; of the tables of an earlier camp where `--activity` names one (`camp_option`).

    Raises Refused while no camp is in it, NotFound for an activity that is none, or no camp.
    """
    with opened(db) as store, _shown(store) as shown, shown.reading() as r:
        yield r, camp_of(r)


@contextmanager
def _shown(store: Store) -> Iterator[Store]:
    code = _said_to(ASKED)
    if not code:
        yield store
        return
    with store.reading() as r:
        world = camp_of(r)
        activity = find_activity(world, code)
        is_of_before = earlier.is_earlier(world, activity)
    if not is_of_before:
        yield store
        return
    if not earlier.is_ready(store, activity.id):
        click.echo(f"正在算往届“{activity.name}”的表，数据多时要几分钟……", err=True)
        earlier.make(store, activity.id)
    with earlier.opened(store, activity.id) as copy:
        yield copy


def camp_of(r: Reader) -> World:
    """The camp in it. Raises Refused "not_enrolled" while there is none: such a file stores nothing (docs/ledger.md#trust)."""
    world = worlds.load(r)
    if not world.root_unit:
        raise Refused("这份数据文件还没有被训练营接纳。", reason="not_enrolled", hint="请先接收上级的授权：campmgr node accept。")
    context = click.get_current_context(silent=True)
    if not world.has_camp and context is not None and context.meta.get(SORT) == CAMP:
        raise Refused("这份数据文件里没有训练营，用不了这个命令。", reason="no_camp", hint="有哪些活动：campmgr activity list。")
    return world
