"""The kinds about what units hand in at the end."""

from __future__ import annotations

from campmgr.ledger.envelope import subject
from campmgr.ledger.kinds import Home, Kind, Right, fields


def summary_subject(activity: str, unit: str) -> str:
    """What is said of a unit's summary of a camp: each camp has its own, that of the first is named by the unit alone."""
    return subject("summary", f"{activity}/{unit}" if activity else unit)


def unit_summed_up(key: str) -> str:
    """The unit that the key of such a subject names."""
    return key.rpartition("/")[2]


# fmt: off
KINDS = (
    Kind("summary_written", Home.PEOPLE, Right.COVERS_SCOPE, ("summary",), ("summaries",), fields("text handed_in:flag"),
         registers=("text",)),
    Kind("summary_judged", Home.PEOPLE, Right.COVERS_SCOPE, ("summary",), ("summaries",), fields("summary accepted:flag reason"),
         registers=("answer {summary}",)),
)
# fmt: on
