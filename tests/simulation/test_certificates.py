"""A certificate signed on node A, checked on node B that holds none of A's people."""

from __future__ import annotations

import json

import pytest

from campmgr.areas.camp.actions import amend_rule
from campmgr.areas.certificates.actions.revoking import reissue, revoke
from campmgr.areas.certificates.proof.statement import Statement, decode, encode, sign_statement
from campmgr.areas.certificates.queries.checks import Verified, verify_text
from campmgr.areas.certificates.queries.issuer_proofs import vouchers
from campmgr.areas.people.actions.people import change_details
from campmgr.areas.people.queries.finding import find_person
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, subject
from campmgr.store.ledger import own_key
from tests.kit.called import unit_called
from tests.kit.certified import ALL, certified, printed, province_and_two_schools
from tests.kit.story import Node


@pytest.fixture
def three(cast):
    """The province, and two schools that hold nothing of each other."""
    return province_and_two_schools(cast)


def seen(node: Node, text: str) -> Verified:
    found: Verified = node.see(lambda r: verify_text(r, worlds.load(r), text))
    return found


def told(node: Node, text: str) -> tuple[str, str]:
    found = seen(node, text)
    return found.state, found.note


def test_it_is_valid_by_its_signature_where_nobody_knows_the_number(three):
    _, one, two = three
    text = certified(one)
    found = seen(two, text)
    assert (found.state, found.note, found.name, found.unit_name, found.credited) == (
        "valid",
        "by_signature",
        "张三",
        "第一小学",
        800,
    )
    assert (found.issuer, found.is_signed) == ("第一小学", True)
    assert told(two, decode(text).number) == ("unknown", "")


def test_where_the_ledger_has_it_the_ledger_says_so(three):
    root, one, _ = three
    text = certified(one)
    one.sends(root)
    assert told(root, text) == told(one, text) == ("valid", "")
    assert seen(root, f"https://example.org/c/{decode(text).number}#{text}").name == "张三"


def test_two_prints_are_equal_and_another_nodes_print_is_good_too(three):
    root, one, two = three
    text = certified(one)
    assert printed(one) == text
    one.sends(root)
    assert printed(root) != text
    assert told(two, printed(root)) == ("valid", "by_signature")
    assert seen(two, printed(root)).issuer == "福建省"


def test_revoked_is_known_where_only_numbers_travel(three):
    root, one, two = three
    text = certified(one)
    one.do(revoke, decode(text).number, "冒名")
    one.sends(root)
    root.gives(two)
    found = seen(two, text)
    assert (found.state, found.note, found.reason) == ("revoked", "published", "")
    assert told(two, decode(text).number) == ("revoked", "published")
    assert seen(root, text).reason == "冒名"


def test_superseded_names_the_new_number_everywhere(three):
    root, one, two = three
    text = certified(one)
    one.do(lambda w: change_details(w, find_person(w, "001"), name="张叁"))
    assert told(one, text) == ("valid", "details_changed")
    number = one.do(reissue, decode(text).number, "姓名更正").number
    one.sends(root)
    root.gives(two)
    assert (seen(two, text).state, seen(two, text).instead) == ("superseded", number)
    assert (seen(one, text).state, seen(one, text).instead) == ("superseded", number)
    assert (seen(two, printed(one)).state, seen(two, printed(one)).name) == ("valid", "张叁")


def test_one_changed_character_is_forged(three):
    _, one, two = three
    text = certified(one)
    for place in range(0, len(text), 7):
        other = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
        assert told(two, other)[0] == "forged"
    assert told(two, text[:-4]) == ("forged", "altered")
    assert told(two, f"http://127.0.0.1/c/0000-0000-0000-0000#{text}") == ("forged", "other_number")


def test_a_strangers_key_is_nobodys(three, cast):
    _, one, two = three
    stranger = cast.new("陌生人")
    forged = sign_statement(stranger.see(own_key), two.world.campaign, decode(certified(one))._replace(name="李四"))
    assert told(two, encode(forged)) == ("unknown", "unknown_issuer")
    lying = forged._replace(key=decode(certified(one, name="王五", number="002")).key)
    assert told(two, encode(lying)) == ("forged", "bad_signature")


def test_a_school_cannot_sign_for_another(three):
    root, one, two = three
    said = decode(certified(one))
    foreign = unit_called(root.world, "S2")
    lie = encode(sign_statement(one.see(own_key), one.world.campaign, said._replace(unit=foreign, unit_name="第二小学")))
    assert told(two, lie) == ("forged", "not_theirs")
    theirs = decode(certified(two, "S2", "李四", "002"))
    lie = encode(sign_statement(one.see(own_key), one.world.campaign, theirs._replace(unit=unit_called(root.world, "S1"))))
    assert told(two, lie) == ("forged", "not_theirs")


def test_another_camps_certificate_is_told_apart(three, cast):
    _, one, _ = three
    other = cast.root("另一营", lessons=(ALL,))
    other.adds("S1", "350102", "学校")
    assert told(one, certified(other)) == ("unknown", "other_camp")


def test_a_revoked_laptops_certificates_stand_where_they_are_known_and_not_elsewhere(three):
    root, one, two = three
    text = certified(one)
    one.sends(root)
    root.revokes(one)
    late = certified(one, name="李四", number="002")
    root.gives(two)
    assert told(root, text) == ("valid", "")
    assert told(two, text) == ("unknown", "issuer_revoked")
    assert told(root, late)[0] == "unknown"
    assert seen(two, late).ended_on == "2023-06-01"


def test_a_copy_that_said_nothing_yet_signs_as_who_it_was(three, cast):
    root, one, _ = three
    text = certified(one)
    one.sends(root)
    copy = cast.add(one.copied("副本"))
    assert printed(copy) == text
    copy.joins("S1", "赵六", "003")
    assert printed(copy) != text
    copy.sends(root)
    assert told(root, printed(copy)) == ("valid", "")


@pytest.mark.parametrize(("mode", "name"), [("full", "欧阳娜娜"), ("masked", "欧阳*娜"), ("none", "")])
def test_how_much_of_the_name_stands_in_it_is_a_setting(three, mode, name):
    root, _, two = three
    root.do(amend_rule, "certificate.name_in_code", mode)
    text = certified(root, name="欧阳娜娜")
    said: Statement = decode(text)
    assert (said.mode, said.name) == (mode, name)
    assert seen(two, text).name == name
    assert seen(root, text).name == "欧阳娜娜"


def test_an_erased_name_does_not_come_back_with_the_paper(three):
    _, one, _ = three
    text = certified(one)
    one.erases(one.see(lambda r: find_person(r, "001").person))
    assert (seen(one, text).state, seen(one, text).name) == ("valid", "已删除")


def test_a_neighbour_cannot_have_a_laptop_taken_for_revoked(three):
    root, one, two = three
    text = certified(one)
    lie = Draft("", "node_revoked", subject("node", one.id), {"reason": "不服", "cuts": []})
    two.do(say, [lie])
    two.sends(root)
    root.gives(two)
    assert told(two, text) == ("valid", "by_signature")
    kinds = [json.loads(each["envelopes"][0])["kind"] for each in root.see(lambda r: vouchers(r, worlds.load(r))).nodes]
    assert kinds == ["node_enrolled", "node_enrolled"]
