"""What this area brings."""

from __future__ import annotations

from campmgr.facts.area import Area, Link
from campmgr.store.schemas import Schema

AREA = Area(
    name="summaries",
    title="总结",
    uses=(
        "camp",
        "units",
    ),
    sort="camp",
    schemas=(Schema("summaries 1", __package__),),
    kinds="campmgr.areas.summaries.kinds:KINDS",
    folds="campmgr.areas.summaries.fold:FOLDS",
    settings="campmgr.areas.summaries.settings:SECTIONS",
    unfinished="campmgr.areas.summaries.queries:unfinished",
    pages=(
        "campmgr.areas.summaries.pages:office",
        "campmgr.areas.summaries.pages:desk",
    ),
    links=(
        Link("office", 85, "office_summaries.listed", "总结", group="报表"),
        Link("desk", 110, "summary.page", "总结"),
    ),
)
