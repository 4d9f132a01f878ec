"""What this area brings."""

from __future__ import annotations

from campmgr.areas.works.kinds import KINDS
from campmgr.areas.works.local import forget_author
from campmgr.facts.area import Area
from campmgr.store.schemas import Schema

AREA = Area(
    name="works",
    title="作品",
    uses=("units", "camp", "people"),
    kinds=KINDS,
    forgets=forget_author,
    schemas=(Schema("works 1", __package__),),
    folds="campmgr.areas.works.fold:FOLDS",
    settings="campmgr.areas.works.settings:SECTIONS",
)
