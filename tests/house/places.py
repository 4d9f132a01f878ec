"""Where a file stands: its floor in the house, and inside an area its layer. The tables of the order, lowest first."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.areas.register import AREAS, area_of

_FLOORS = (
    "errors config ids typed_codes row_numbers written_times clock disk wording class_order masks pinyin",
    "settings",
    "periods",
    "ledger",
    "store",
    "facts",
    "accounts",
    "files",
    "web cli",
    "areas",
    "desks",
    "demo",
    "app",
)

LEVELS = {room: level for level, rooms in enumerate(_FLOORS) for room in rooms.split()}
"""The floor of each room; imports go down, within a room, or along the ground. Nobody but the application knows the demo."""

LAYERS = (
    "rules kinds settings world proof",
    "local",
    "fold",
    "queries",
    "actions exchange matters",
    "files",
    "pages commands",
    "area",
)
"""Inside an area and at the desks, from the lowest up; the lowest may use each other, on all others neighbours may not."""

LAYER_LEVELS = {layer: level for level, layers in enumerate((*LAYERS, "register")) for layer in layers.split()}
"""The floor of each layer. The register of all areas stands above them."""

LOWEST = frozenset(LAYERS[0].split())

REACH = {
    "rules": "periods",
    "proof": "ledger",
    **dict.fromkeys(("kinds", "settings", "world", "local", "fold"), "facts"),
    **dict.fromkeys(("queries", "actions", "exchange", "matters"), "accounts"),
    "files": "files",
    "pages": "web",
    "commands": "cli",
    "area": "facts",
}
"""The highest room below the areas that a layer may know; pages know nothing of the command line, commands nothing of the web."""

USES = {name: area_of(name).uses for name in AREAS}
"""The areas that each area may import, as its area.py says; the catalogue checks that they stand before it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A room; in an area its name and the layer, at the desks the layer alone; "" elsewhere."""

    room: str
    area: str = ""
    layer: str = ""

    def __str__(self) -> str:
        return "/".join(filter(None, (self.area or self.room, self.layer)))


def place_of(parts: list[str]) -> Place:
    """The place of campmgr/areas/hours/rules/credit or campmgr.areas.hours.rules.credit, as parts.

    The package's own names stand on the ground, and so do the sentences that tell what a folder is for.
    """
    if len(parts) < 2 or parts[-1] == "__init__" or parts[1] == "__version__":
        return Place("errors")
    if parts[1] == "areas":
        return _in_areas(parts[2:])
    if parts[1] == "desks":
        return Place("desks", layer=parts[2] if len(parts) > 2 else "")
    return Place({"__main__": "app"}.get(parts[1], parts[1]))


def _in_areas(inner: list[str]) -> Place:
    if not inner or inner[0] == "register":
        return Place("areas", layer="register")
    return Place("areas", inner[0], inner[1] if len(inner) > 1 else "")
