"""Sticks from hand to hand, and the receipts that go back on them: most at once, some never, some late or to the wrong laptop."""

from __future__ import annotations

from pathlib import Path
from random import Random

from campmgr.errors import CampError
from tests.simulation.machines import Machine

DROPPED, DOUBLED, FORGOTTEN, LATE = 0.05, 0.1, 0.2, 0.2
"""How often a stick never arrives, is taken in twice, its receipt stays away, and an old receipt turns up beside it."""

TOLD = frozenset({"foreign_receipt", "missing_receipt", "sealed_pack", "not_granted", "not_enrolled"})
"""Why a receipt may be refused: it is for another laptop or of another pack, or its giver has no rights."""


def hand_over(drawer: Path, dice: Random | None, giver: Machine, taker: Machine, *words: object) -> list[str]:
    """A lean pack from one to another, and its receipt back; what became of its segments. Without dice all goes well."""
    stick = drawer / "hand.pack"
    receipt = drawer / "hand.pack.receipt"
    for old in (stick, receipt):
        old.unlink(missing_ok=True)
    giver("pack", "make", *words, "--out", stick)
    if dice and dice.random() < DROPPED:
        return []
    results = [segment["result"] for segment in taker("pack", "accept", stick)["segments"]]
    if dice and dice.random() < DOUBLED:
        taker("pack", "accept", stick)
    if receipt.exists() and not (dice and dice.random() < FORGOTTEN):
        brings_back(giver, receipt)
    if dice and dice.random() < LATE and (old_ones := sorted(drawer.glob("*.receipt"))):
        brings_back(giver, dice.choice(old_ones))
    return results


def brings_back(machine: Machine, receipt: Path) -> None:
    """Somebody brings a receipt; one that is not for here is told, and changes nothing."""
    before = machine.held()
    try:
        machine("pack", "receipt", receipt)
    except CampError as problem:
        if problem.reason not in TOLD:
            raise
    assert machine.held() == before, "a receipt has changed what is recorded"
