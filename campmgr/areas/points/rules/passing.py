"""Whose each stage is: the last of several is the host's own."""

from __future__ import annotations

from campmgr.areas.points.settings import Passing


def host_stage(passing: Passing) -> int:
    """The stage that is the host's own, the last of several; 0 where a unit's items are looked at in the unit alone."""
    return len(passing.stages) if len(passing.stages) > 1 else 0
