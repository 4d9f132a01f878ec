"""Every matter there is, from all areas: lists, commands and counts know matters by these declarations alone."""

from __future__ import annotations

from campmgr.facts.catalogue import Catalogue, Misbuilt, catalogue, load, place
from campmgr.facts.review import Act, Matter
from campmgr.store.door import Reader


def matters_of(r: Reader) -> dict[str, Matter]:
    """The matters that the data file in hand is read by, by name, in the order of the areas. Raises Misbuilt."""
    return catalogue(r).joined(_every_matter)


def act_of(r: Reader, matter: Matter) -> Act:
    """What the answers of a matter do. Raises Misbuilt."""
    return catalogue(r).joined(_every_act)[matter.name]


def _every_matter(every: Catalogue) -> dict[str, Matter]:
    found: dict[str, Matter] = {}
    for area, brought in every.named("matters"):
        for matter in brought:
            if matter.name in found:
                raise Misbuilt(f"{place(area, 'matters.py')}: the matter {matter.name!r} is declared already")
            found[matter.name] = matter
    return found


def _every_act(every: Catalogue) -> dict[str, Act]:
    return {matter.name: load(area, matter.act) for area, brought in every.named("matters") for matter in brought if matter.act}
