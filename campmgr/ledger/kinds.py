"""Every kind of fact in one table: where it lives, who may say it, which folds read it, what its body holds.

A kind is for ever. A body that must change gets a new version here, a lift in `upcast`, and a golden file in the tests.
Field types: `text`, `int`, `flag`, `list`, `map`; a trailing `?` allows null.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

from campmgr.clock import LARGEST


class Right(StrEnum):
    """Who may say it (docs/ledger.md#trust); decided in `facts/trust`."""

    ROOT = "the camp's root alone"
    PARENT = "a node, within its own grants, for a child"
    ANCESTOR = "a node above the one it speaks of"
    SUCCESSOR = "a new writer, with its predecessor's signature"
    NODE = "a node of the camp, about what it did in its own scopes"
    COVERS_UNIT = "a node whose grant covers the unit spoken of"
    COVERS_SCOPE = "a node whose grant covers the scope it stands in"


class Home(StrEnum):
    """Which family of scopes it stands in."""

    PUBLIC = "public"
    UNITS = "units"
    PEOPLE = "people"


class Kind(NamedTuple):
    """One row of the table."""

    name: str
    v: int
    home: Home
    right: Right
    folds: tuple[str, ...]
    body: dict[str, str]


def _public(called: str, right: Right, folds: tuple[str, ...], v: int = 1, **body: str) -> Kind:
    return Kind(called, v, Home.PUBLIC, right, folds, body)


def _units(called: str, **body: str) -> Kind:
    return Kind(called, 1, Home.UNITS, Right.COVERS_UNIT, ("units",), body)


def _people(called: str, folds: tuple[str, ...], **body: str) -> Kind:
    return Kind(called, 1, Home.PEOPLE, Right.COVERS_SCOPE, folds, body)


_TABLE = (
    # the camp
    _public("campaign_opened", Right.ROOT, ("camp", "trust"), name="text", root_key="text", nonce="text", root_unit="text",
            province="text", rules="map", rules_digest="text"),
    _public("rules_amended", Right.ROOT, ("camp",), changes="map", rules_digest="text", reason="text"),
    _public("lesson_described", Right.ROOT, ("lessons",), name="text", hundredths="int", length_minutes="int", kind="text",
            field="text", replay_of="text"),
    _public("lesson_described", Right.ROOT, ("lessons",), 2, name="text", hundredths="int", length_minutes="int", kind="text",
            field="text", replay_of="text", starts_at="text"),
    _public("list_published", Right.ROOT, ("lists",), number="int", digest="text"),
    _public("calendar_told", Right.ROOT, ("calendar",), year="int", off="list", work="list", source="text"),
    _public("revocations_published", Right.NODE, ("revocations",), entries="list"),
    # trust
    _public("node_enrolled", Right.PARENT, ("trust",), key="text", name="text", unit="text", line="text?", excluding="list",
            cuts="list"),
    _public("node_revoked", Right.ANCESTOR, ("trust",), reason="text", cuts="list"),
    _public("writer_succeeded", Right.SUCCESSOR, ("trust",), key="text", predecessor="text", signature="text"),
    # the unit tree
    _units("unit_added", name="text", kind="text", parent="text?", line="text?", expected="int?", participating="flag"),
    _units("unit_changed", name="text", kind="text", line="text?", expected="int?", participating="flag"),
    _units("unit_moved", parent="text"),
    # people
    _people("person_registered", ("people",), unit="text", kind="text"),
    _people("person_details_changed", ("people",), name="text", number="text", class_name="text", phone="text", guardian="flag"),
    _people("person_moved", ("people",), source="text", target="text"),
    _people("membership_added", ("people",), unit="text"),
    _people("membership_ended", ("people",), unit="text"),
    _people("people_merged", ("aliases", "people"), other="text", home="text"),
    _people("people_parted", ("aliases", "people"), other="text"),
    _people("person_erased", ("people",), reason="text"),
    # what they agreed to, and what they say they did
    _people("consent_given", ("people",), version="text", guardian="flag"),
    _people("consent_withdrawn", ("people",), reason="text"),
    _people("mark_declared", ("people",), lesson="text", minutes="int?"),
    _people("mark_declared", ("people",), lesson="text", minutes="int?", evidence="text")._replace(v=2),
    _people("declaration_settled", ("people",), fact="text", accepted="flag", reason="text"),
    # what they did
    _people("mark_recorded", ("people", "codes"), lesson="text", minutes="int?", source="text", reason="text"),
    _people("condition_recorded", ("people", "codes"), condition="text", source="text"),
    _people("work_registered", ("works",), author="text", link="text", number="text", title="text", account="text", field="text",
            published_on="text"),
    _people("likes_read", ("works",), likes="int", plays="int?", read_at="text", rounded="flag"),
    # at_least: the platform showed a lower bound, 10万+; an exact count is said in the first version, for older nodes
    _people("likes_read", ("works",), likes="int", plays="int?", read_at="text", rounded="flag", at_least="flag")._replace(v=2),
    # another link, number or row by which a work is known: see `areas/works/rules/links`
    _people("work_matched", ("works",), key="text"),
    _people("work_judged", ("works",), counts="flag", reason="text"),
    # what came of it
    _people("certificate_issued", ("people",), number="text", edition="int", credited="int"),
    _people("platform_certificate_recorded", ("people",), number="text"),
    _people("certificate_revoked", ("people",), number="text", reason="text"),
    _people("certificate_superseded", ("people",), number="text", by="text", reason="text"),
    _people("prizes_frozen", ("lists",), number="int", at="text", rules="map", rule_text="text", rows="list", digest="text"),
    # rows, bounds (works whose count is a lower bound), excluded and sources: see `areas/prizes/queries/list_content`
    _people("prizes_frozen", ("lists",), number="int", at="text", rules="map", rule_text="text", division="map", rows="list",
            bounds="list", excluded="list", sources="list", digest="text")._replace(v=2),
    _people("list_amended", ("lists",), number="int", amendment="int", changes="list", strike="text", objection="text",
            reason="text", digest="text"),
    _people("list_posted", ("lists",), number="int", starts_on="text", ends_on="text", shown_until="text", counted="text",
            how="text"),
    _people("list_taken_down", ("lists",), number="int", reason="text"),
    # matters only: who objects, and how to reach them, stays on the organizer's paper
    _people("objection_raised", ("lists",), number="int", work="text", way="text", matter="text"),
    _people("objection_answered", ("lists",), objection="text", upheld="flag", answer="text"),
    # files that were imported
    _people("file_imported", ("imports",), kind="text", file="text", sha256="text", read_at="text", rows="int", new="int",
            changed="int", unchanged="int", rejected="int"),
    # what units sum up, and where works were recommended to
    _people("work_recommended", ("works",), outlet="text", state="text", note="text"),
    _people("summary_written", ("summaries",), text="text", handed_in="flag"),
    _people("summary_judged", ("summaries",), summary="text", accepted="flag", reason="text"),
    # putting right
    _people("fact_withdrawn", ("people", "works"), fact="text", reason="text"),
    _people("batch_withdrawn", ("batches",), reason="text"),
    _people("review_settled", ("review",), case="text", answer="text"),
    # carrying between scopes
    _people("fact_carried", ("people", "works", "batches"), previous="text", envelope="map", salt="text?", body="text?"),
    _people("progress_told", ("people",), kind="text", course="map"),
    _people("totals_told", ("told",), rows="list"),
)  # fmt: skip

KINDS: dict[tuple[str, int], Kind] = {(kind.name, kind.v): kind for kind in _TABLE}

DETAILS = "person_details_changed"
"""The one kind that holds personal details, and so the one that is erased."""

_TYPES: dict[str, tuple[type, ...]] = {
    "text": (str,), "text?": (str, type(None)), "int": (int,), "int?": (int, type(None)), "flag": (bool,), "list": (list,),
    "map": (dict,),
}  # fmt: skip


def fits(kind: Kind, body: Any) -> bool:
    """Whether a body holds exactly the kind's fields, each of its type. `True` is not an integer here."""
    if not isinstance(body, dict) or body.keys() != kind.body.keys():
        return False
    for name, sort in kind.body.items():  # a loop, since this is asked twice for every fact and all() takes twice the time
        value = body[name]
        if type(value) not in _TYPES[sort] or (type(value) is int and not -LARGEST <= value <= LARGEST):
            return False  # a number that no table can hold would stop every node it reaches, and not only its writer's
    return True
