"""The kind about circulars 通报: numbers of a day, frozen."""

from __future__ import annotations

from campmgr.ledger.envelope import subject
from campmgr.ledger.kinds import Home, Kind, Right, fields


def circular_subject(activity: str, unit: str, number: int) -> str:
    """What is said of one circular: they are numbered within the unit that gives them out, in each camp anew."""
    return subject("circular", f"{activity}/{unit}/{number}")


# fmt: off
KINDS = (
    # text: paragraphs; tables: [title, texts (columns of words), headings, rows]; names are of units alone, as they were that day
    Kind("circular_published", Home.PEOPLE, Right.COVERS_SCOPE, ("circular",), ("circulars",),
         fields("activity unit line number:int title as_of at heads text:list tables:list definitions:list digest"),
         called="发布通报", stays="发布过的通报不会消失；如有更正，请再发布一份。", after_close=True),
)
# fmt: on
