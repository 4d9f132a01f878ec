"""A kind's row is the law: of every kind, the wrong home, subject, body and writer are refused at both doors."""

from __future__ import annotations

import json

import pytest

from campmgr.areas.nodes.exchange.segments import Outgoing
from campmgr.areas.nodes.exchange.taking import Accepted
from campmgr.areas.nodes.files.packs import accept_pack
from campmgr.areas.register import AREAS, area_of
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput, NotAllowed
from campmgr.facts.area import Area
from campmgr.facts.catalogue import Catalogue, Misbuilt
from campmgr.facts.checking import state_hash
from campmgr.facts.saying import introduce, record, say
from campmgr.ids import canonical
from campmgr.ledger.carrier import CARRIER, CARRIERS
from campmgr.ledger.envelope import Draft, Fact, Stream, chain_of, digest_of, envelope_text, genesis
from campmgr.ledger.kinds import Home, Kind, scope_of
from campmgr.ledger.seal import new_key, seal
from campmgr.ledger.segment import Segment
from campmgr.store import data_file
from campmgr.store.door import Store
from campmgr.store.ledger import own_sealing_key
from tests.kit.packs import pack_by
from tests.ledger.make_golden import draft_of
from tests.ledger.writing import write_fact

KINDS = [kind for kind in CATALOGUE.kinds.values() if kind.name not in CARRIERS]
"""A carrier's inside is of one camp and proved by its chain: see `test_a_carried_fact_is_lawful_too`."""

OTHER_SCOPES = {Home.PUBLIC: "people/S1", Home.UNITS: "public", Home.PEOPLE: "units/35", Home.WHERE_IT_REACHES: "circle/S1"}
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def sample(kind: Kind, **changes: object) -> Draft:
    """A lawful draft of a kind, for the unit S1 and the province 35, or one that differs in some fields."""
    made = draft_of(kind)
    place = {Home.PUBLIC: "", Home.UNITS: "35", Home.PEOPLE: "S1", Home.WHERE_IT_REACHES: "people/S1"}[kind.home]
    fields = {"place": place, "subject": f"{kind.subjects[0]}:7", "body": made.body} | changes
    return Draft(kind=kind.name, **fields)  # type: ignore[arg-type]


def stored(store: Store) -> int:
    with store.reading() as r:
        return int(r.value("select count(*) from facts"))


def tables_of(store: Store) -> str:
    with store.reading() as r:
        return state_hash(r)


def takes(camp, tmp_path, kind: Kind, scope: str = "", body: str | None = "", **changes: object) -> Accepted:
    """What becomes of such a fact when it comes in a pack, by a stranger whose every seal holds."""
    with camp.store.writing() as w:
        campaign = w.meta("campaign")
    key, draft = new_key(), sample(kind, **changes)
    stream = Stream(scope or scope_of(kind, draft.place), key.writer)
    fact = write_fact(campaign, stream, kind.v, genesis(campaign, stream), 5, "2023-06-01T09:00:00+08:00", draft)
    if body != "":
        fact = with_body(campaign, stream, fact, body)
    pack = tmp_path / "one.pack"
    segment = Segment(stream, 1, genesis(campaign, stream).chain, seal(key, campaign, stream, 1, fact.chain))
    with camp.store.writing() as w:
        pack_by(key, campaign, pack, [Outgoing(segment, iter([fact]))], own_sealing_key(w).public)
    return accept_pack(camp.store, pack)


def with_body(campaign: str, stream: Stream, fact: Fact, body: str | None) -> Fact:
    """The fact with another body, chained anew; or with none, as after an erasure."""
    if body is None:
        return fact._replace(body=None, salt=None)
    changed = fact._replace(body=body, digest=digest_of(fact.salt or "", body))
    return changed._replace(chain=chain_of(genesis(campaign, stream).chain, envelope_text(campaign, changed)))


def is_refused(camp, taken: Accepted, before: int) -> bool:
    return ([each.result for each in taken.segments], taken.new, stored(camp.store)) == (["refused"], 0, before)


@every_kind
def test_a_fact_in_the_wrong_home_is_refused_at_both_doors(unchanged_camp, tmp_path, kind):
    before = stored(unchanged_camp.store)
    wrong = OTHER_SCOPES[kind.home]
    if kind.home is not Home.PUBLIC:  # a draft for `public` names no place, so it cannot name a wrong one
        with unchanged_camp.store.writing() as w, pytest.raises(ValueError, match=r"is said at a unit|may not stand in"):
            record(w, [sample(kind, place=wrong if kind.home is Home.WHERE_IT_REACHES else "people/S1")])
    taken = takes(unchanged_camp, tmp_path, kind, scope=wrong)
    if wrong.startswith("circle/"):  # of no family we know: not even looked into
        assert ([each.result for each in taken.segments], stored(unchanged_camp.store)) == (["not_for_here"], before)
    else:
        assert is_refused(unchanged_camp, taken, before)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "text" in kind.body.values()], ids=lambda kind: kind.name)
def test_a_text_that_no_page_takes_is_refused_at_both_doors(unchanged_camp, tmp_path, kind):
    texts, before = [name for name, sort in kind.body.items() if sort == "text"], stored(unchanged_camp.store)
    long = sample(kind).body | dict.fromkeys(texts, "e" + "\u0315\u0300" * 30_000)
    with unchanged_camp.store.writing() as w, pytest.raises(BadInput, match="太长"):
        record(w, [sample(kind, body=long)])
    assert is_refused(unchanged_camp, takes(unchanged_camp, tmp_path, kind, body=canonical(long)), before)


@every_kind
def test_a_fact_about_the_wrong_sort_of_subject_is_refused_at_both_doors(unchanged_camp, tmp_path, kind):
    before = stored(unchanged_camp.store)
    with unchanged_camp.store.writing() as w, pytest.raises(ValueError, match="may not speak of persn:7"):
        record(w, [sample(kind, subject="persn:7")])
    assert is_refused(unchanged_camp, takes(unchanged_camp, tmp_path, kind, subject="persn:7"), before)


@every_kind
def test_a_fact_with_a_body_of_another_kind_is_refused_at_both_doors(unchanged_camp, tmp_path, kind):
    before, body = stored(unchanged_camp.store), sample(kind).body
    missing = {name: value for name, value in body.items() if name != next(reversed(body))}
    for wrong in ({} if kind.partial else missing, body | {"more": 1}, dict.fromkeys(body, 2.5)):
        if wrong or "activity" not in body:  # which whoever writes adds where nobody says it
            with unchanged_camp.store.writing() as w, pytest.raises(ValueError, match="not a body of"):
                record(w, [sample(kind, body=wrong)])
        assert is_refused(unchanged_camp, takes(unchanged_camp, tmp_path, kind, body=json.dumps(wrong)), before)
    assert is_refused(unchanged_camp, takes(unchanged_camp, tmp_path, kind, body="[]"), before)
    assert is_refused(unchanged_camp, takes(unchanged_camp, tmp_path, kind, body='"\\ud800"'), before)


@every_kind
def test_only_personal_details_may_lack_their_body(camp, tmp_path, kind):
    before = stored(camp.store)
    taken = takes(camp, tmp_path, kind, body=None)
    assert is_refused(camp, taken, before) or (kind.erasable and taken.new == 1)


@every_kind
def test_what_a_stranger_says_is_refused_where_it_is_written_and_does_not_count_where_it_comes_in(camp, tmp_path, kind):
    stranger = data_file.create(tmp_path / "stranger.sqlite", CATALOGUE, camp.clock)
    with camp.store.reading() as r, stranger.writing() as w:
        w.set_meta("campaign", r.meta("campaign"))
    with stranger.writing() as w, pytest.raises(NotAllowed):
        say(w, [sample(kind)])
    stranger.close()
    tables = tables_of(camp.store)
    taken = takes(camp, tmp_path, kind)
    assert [each.result for each in taken.segments] == ["new"]
    if kind.name in {"node_enrolled", "node_revoked"}:  # the node spoken of is listed, with no right and no end
        assert camp.world().trust.state("7") == "unknown"
    else:
        assert tables_of(camp.store) == tables


def test_a_carried_fact_is_lawful_too(camp, tmp_path):
    kind = CATALOGUE.kinds["lesson_described"]
    with camp.store.writing() as w:
        campaign = w.meta("campaign")
    stream = Stream("people/S1", "w" * 32)
    inside = write_fact(campaign, stream, 1, genesis(campaign, stream), 5, "2023-06-01T09:00:00+08:00", sample(kind))
    body = {"previous": genesis(campaign, stream).chain, "envelope": json.loads(envelope_text(campaign, inside)),
            "salt": inside.salt, "body": inside.body}  # fmt: skip
    before = stored(camp.store)
    assert is_refused(camp, takes(camp, tmp_path, CATALOGUE.kinds[CARRIER], body=json.dumps(body), subject="person:7"), before)


def test_a_kind_of_a_newer_program_is_kept_and_passed_on(camp, tmp_path):
    newer = Kind("marks_dreamt", Home.PEOPLE, CATALOGUE.kinds["mark_recorded"].right, ("dream",), (), {"of": "text"})
    tables = tables_of(camp.store)
    taken = takes(camp, tmp_path, newer)
    assert ([each.result for each in taken.segments], tables_of(camp.store)) == (["new"], tables)


def test_a_kind_with_two_rows_is_refused_with_its_file():
    twice = Area("again", "重复", kinds="campmgr.areas.hours.kinds:KINDS")
    with pytest.raises(Misbuilt, match=r"campmgr/areas/again/kinds.py: the kind 'lesson_described' has a row already"):
        Catalogue([*(area_of(name) for name in AREAS), twice], begin=introduce)


@pytest.mark.parametrize(("areas", "says"), [
    ([Area("one", "甲", uses=("two",)), Area("two", "乙")], "campmgr/areas/one/area.py: uses 'two', which does not stand before"),
    ([Area("one", "甲"), Area("one", "甲")], "campmgr/areas/one/area.py: the area 'one' is named twice"),
])  # fmt: skip
def test_areas_that_do_not_fit_together_say_so_with_the_file(areas, says):
    with pytest.raises(Misbuilt, match=says):
        Catalogue(areas, begin=introduce)


@every_kind
def test_a_withdrawal_may_speak_of_whatever_can_be_withdrawn(kind):
    assert kind.stays or set(kind.subjects) <= set(CATALOGUE.kinds["fact_withdrawn"].subjects)


def test_a_withdrawal_may_speak_of_what_a_further_area_brings():
    tools = Area("tools", "器材", kinds="tests.toy_area.tools.kinds:KINDS")
    assert "tool" in Catalogue([*CATALOGUE.areas, tools]).kinds["fact_withdrawn"].subjects
    assert "tool" not in CATALOGUE.kinds["fact_withdrawn"].subjects
