"""A new round, as the rules of its activity say."""

from __future__ import annotations

from campmgr.areas.judging.rules.rounds import Round, criteria_of
from campmgr.areas.judging.settings import Judging
from campmgr.settings.sections import Chosen


def round_from_rules(activity: str, name: str, rules: Chosen) -> Round:
    """What a round is before anybody decides otherwise. Its seed is its name: two laptops draw alike."""
    told = rules[Judging]
    return Round(
        activity, name, criteria_of(told.criteria), told.scale, told.step, told.per_work, told.blind, told.method, name, "",
        trim_from=told.trim_from, standard_from=told.standard_from,
    )  # fmt: skip
