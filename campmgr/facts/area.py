"""What an area brings: one value in its `area.py`, named once in `areas/register.py`, and everything else follows.

What takes long to import is named by text, "module:NAME", and loaded when it is first needed: `--help` needs none of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from campmgr.store.schemas import Schema


class Command(NamedTuple):
    """A command: its name, what help says of it, and where it stands ("module:NAME"), loaded when it is called.

    `sort`: of which sort of activity it is, as its area says.
    """

    name: str
    help: str
    where: str
    sort: str = ""


class Forgotten(NamedTuple):
    """Somebody whose details are erased, as far as rows of this data file alone may hold them: id, name, telephone, home."""

    person: str
    name: str
    phone: str
    home: str


class Link(NamedTuple):
    """A link of the navigation. `row`: "top" of every page, "office", "desk" for the tabs of a unit's desk, or a row of the area's
    own, drawn by its own pages (`web.nav.row_of`); `place`: where in it.

    `needs`: the least role for a link on top, "several" for one that is shown where more goes on than the camp, "whole" in the
    office for what only the organizer of the whole camp has, "laptop" for what only whoever organizes all that this laptop holds
    has, "write" at a desk for what only who may record there has; "" for everybody who sees the row. `group`: the tab it stands
    under with others of its row, "" for a tab of its own. `holds`: how the addresses of other pages begin that it leads to, for
    a link of the office: whatever begins as its own is meant anyway.
    """

    row: str
    place: int
    endpoint: str
    words: str
    needs: str = ""
    group: str = ""
    holds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know before an activity is closed or its rules are amended: in words, and how many there are."""

    words: str
    count: int


class Sort(NamedTuple):
    """A sort of activity: its name, what people call it, the setting that one of this sort is named by, and what duties people may
    have in it beside those of every sort.
    """

    name: str
    title: str
    named_by: str
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """One area. `name` is its folder, `title` what people call it, `uses` the areas it may import: they stand before it.

    `sort`: the sort of activity that it is part of, "" for what every data file has; `declares`: that sort, in the area that brings
    its presets. Where nothing of a sort was ever opened, nothing of its areas is shown.
    """

    name: str
    title: str
    uses: tuple[str, ...] = ()
    sort: str = ""
    declares: Sort | None = None
    kinds: str = ""
    """Where the rows of its kinds stand."""
    forgets: str = ""
    """Where the function stands that drops what this data file alone holds of somebody who is erased: (writer, `Forgotten`)."""
    names: str = ""
    """Where the function stands that says what subjects of its own are called, such as an item by its title: (reader, subjects)
    gives words by subject, of those it knows.
    """
    schemas: tuple[Schema, ...] = ()
    """Its tables: `Schema("<name> 1", __package__)` for the schema.sql beside its area.py, then those of later versions."""
    folds: str = ""
    """Where its folds, and its parts of other areas' folds, are named: a tuple of `Fold` and `Part`."""
    due: str = ""
    """Where it says what it knows to be due for carrying: a `Due`."""
    matters: str = ""
    """Where it says what of its own a human should look at: a tuple of `Matter`."""
    world: str = ""
    """Where its parts of the world are named: a tuple of `WorldPart`."""
    settings: str = ""
    """Where it declares what it lets a camp decide: a tuple of `Section`."""
    unfinished: str = ""
    """Where the function stands that tells, of an activity of its sort, what is still to be done: (reader, world, activity) gives
    `Remark`s, asked before the activity is closed.
    """
    frozen: str = ""
    """Where the function stands that tells, likewise, what no longer changes: asked before its rules are amended."""
    lists: str = ""
    """Where the lists stand whose pages and workbooks are made of a declaration: a tuple of `ListOf`."""
    acts: str = ""
    """Where it declares what can be done to several rows of a list at once: a tuple of `ListAct`."""
    inventories: str = ""
    """Where the lists with fields stand that it declares: a tuple of `Inventory`."""
    sheets: str = ""
    """Where the kinds of spreadsheet stand that it takes in: a tuple of `Sheet`."""
    pages: tuple[str, ...] = ()
    """Where its blueprints stand."""
    links: tuple[Link, ...] = ()
    commands: tuple[Command, ...] = ()
    reports: tuple[Command, ...] = ()
    """Its commands below `campmgr report`."""

    def own(self, commands: tuple[Command, ...]) -> dict[str, Command]:
        """Some of its commands by name, each with its sort."""
        return {each.name: each._replace(sort=self.sort) for each in commands}
