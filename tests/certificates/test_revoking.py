"""Revoked, reissued, published: what everyone learns, and that saying it again changes nothing."""

from __future__ import annotations

import pytest

from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.certificates.actions.revoking import publish_due, reissue, revoke, revoke_all
from campmgr.areas.certificates.queries.checks import verify_certificate
from campmgr.areas.nodes.files.packs import accept_pack, make_pack
from campmgr.areas.people.actions.people import change_details, erase, merge
from campmgr.desks.actions.withdrawing import withdraw
from campmgr.errors import BadInput, CampError, NotAllowed, NotFound, Refused
from campmgr.facts import world as worlds
from campmgr.ids import certificate_number


@pytest.fixture
def numbers(camp) -> dict[str, str]:
    """Certificates of 001 and 003."""
    for who in ("001", "003"):
        camp.mark(who, "V8")
        camp.mark(who, condition="sign_in")
    with camp.store.writing() as w:
        issue(w)
    campaign = camp.world().campaign
    return {who: certificate_number(campaign, camp.person(who).person, 1) for who in ("001", "003")}


def _do(camp, verb, *args, **named):
    with camp.store.writing() as w:
        return verb(w, *args, **named)


def _seen(camp, number):
    with camp.store.reading() as r:
        found = verify_certificate(r, number)
        return found.state, found.reason, found.instead


def _published(camp):
    return camp.rows("select number, state, by_number, on_day from revoked_numbers order by number")


def test_a_revoked_number_is_published_without_a_word_about_the_person(camp, numbers):
    _do(camp, revoke, numbers["001"], "他人冒名")
    assert _published(camp) == [(numbers["001"], "revoked", "", "2023-06-10")]
    (body,) = camp.rows("select body from facts where kind = 'revocations_published'")
    assert "张三" not in body[0]
    assert camp.person("001").person not in body[0]


def test_a_correction_gives_the_next_edition_and_supersedes_the_old(camp, numbers):
    _do(camp, lambda w: change_details(w, camp.person("001"), name="张叁"))
    made = _do(camp, reissue, numbers["001"], "姓名更正")
    assert made.number == certificate_number(camp.world().campaign, camp.person("001").person, 2)
    assert _seen(camp, numbers["001"]) == ("superseded", "姓名更正", made.number)
    assert _seen(camp, made.number) == ("valid", "", "")
    assert _published(camp) == [(numbers["001"], "superseded", made.number, "2023-06-10")]
    assert camp.rows("select sum(certified) from unit_totals where unit = :unit and line = ''", unit=camp.unit("35")) == [(2,)]


def test_reissuing_twice_gives_the_same_number(camp, numbers):
    first = _do(camp, reissue, numbers["001"], "姓名更正")
    before = camp.state()
    again = _do(camp, reissue, numbers["001"], "姓名更正")
    assert (again.number, again.known, first.known) == (first.number, True, False)
    assert camp.state() == before


def test_a_revoked_one_can_be_given_anew(camp, numbers):
    _do(camp, revoke, numbers["001"], "误发")
    made = _do(camp, reissue, numbers["001"], "查清后补发")
    assert _seen(camp, numbers["001"]) == ("superseded", "误发", made.number)
    assert _seen(camp, made.number)[0] == "valid"
    _do(camp, revoke, made.number, "又查出冒名")
    assert _seen(camp, made.number) == ("revoked", "又查出冒名", "")
    assert _seen(camp, numbers["001"])[0] == "revoked"
    assert {row[:2] for row in _published(camp)} == {(numbers["001"], "revoked"), (made.number, "revoked")}


def test_a_superseded_one_does_not_come_back_when_the_new_one_is_revoked(camp, numbers):
    made = _do(camp, reissue, numbers["001"], "姓名更正")
    _do(camp, revoke, made.number, "误发")
    assert _seen(camp, numbers["001"])[0] == "superseded"
    with pytest.raises(Refused) as told:
        _do(camp, revoke, numbers["001"], "误发")
    assert told.value.reason == "conflict"


def test_several_are_revoked_at_once_or_none(camp, numbers):
    before = camp.state()
    with pytest.raises(NotFound):
        _do(camp, revoke_all, [(numbers["001"], "误发"), ("0000-0000-0000-0000", "误发")])
    assert camp.state() == before
    _do(camp, revoke_all, [(number, "误发") for number in numbers.values()])
    assert len(_published(camp)) == 2
    assert camp.rows("select count(*) from facts where kind = 'revocations_published'") == [(1,)]
    after = camp.state()
    _do(camp, revoke_all, [(number, "误发") for number in numbers.values()])
    assert camp.state() == after


def test_what_a_reissue_asks_for(camp, numbers):
    def refused(reason: str = "补发") -> CampError:
        with pytest.raises(CampError) as told:
            _do(camp, reissue, numbers["001"], reason)
        return told.value

    assert isinstance(refused(" "), BadInput)
    mark = camp.rows("select fact from marks where person = :p", p=camp.person("001").person)[0][0]
    _do(camp, withdraw, mark, "误登")
    assert refused().reason == "not_ready"
    camp.mark("001", "V8", day="2023-06-09")
    _do(camp, lambda w: erase(w, camp.person("001"), "本人要求"))
    assert refused().reason == "erased_person"


def test_a_withdrawn_revocation_is_taken_back_in_public_too(camp, numbers):
    fact = _do(camp, revoke, numbers["001"], "误撤")
    _do(camp, withdraw, fact.chain, "撤错人了")
    assert _seen(camp, numbers["001"])[0] == "valid"
    assert _published(camp) == []
    assert _do(camp, publish_due) == 0


def test_a_merged_persons_certificate_is_revoked_where_it_was_issued(camp, numbers):
    _do(camp, lambda w: merge(w, camp.person("001"), camp.person("003")))
    _do(camp, revoke, numbers["001"], "误发")
    assert _published(camp)[0][:2] == (numbers["001"], "revoked")


def test_a_school_revokes_its_own_and_another_node_learns_of_it(camp, child, tmp_path):
    child.mark("001", "V8")
    child.mark("001", condition="sign_in")
    with child.store.writing() as w:
        (number,) = issue(w).numbers
    _do(child, revoke, number, "误发")
    with child.store.reading() as r:
        make_pack(r, worlds.load(r), tmp_path / "up", "")
    accept_pack(camp.store, tmp_path / "up")
    assert _seen(camp, number)[0] == "revoked"
    assert _published(camp) == _published(child) != []


def test_a_school_may_not_end_the_certificate_of_another(camp, child, numbers, tmp_path):
    with camp.store.reading() as r:
        make_pack(r, worlds.load(r), tmp_path / "all", "")
    accept_pack(child.store, tmp_path / "all")
    with pytest.raises((NotAllowed, NotFound)):
        _do(child, revoke, numbers["003"], "误发")
