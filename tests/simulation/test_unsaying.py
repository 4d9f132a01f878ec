"""No node can make another's revocation unheard: not by publishing, and not by a signed list."""

from __future__ import annotations

import pytest

from campmgr.areas.certificates.actions.revoking import revoke
from campmgr.areas.certificates.actions.taken_lists import take_list
from campmgr.areas.certificates.proof.revocation_list import RevokedEntry, list_texts
from campmgr.areas.certificates.proof.statement import decode
from campmgr.areas.certificates.queries.statements import signing_key
from campmgr.errors import Refused
from campmgr.facts import world as worlds
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, subject
from tests.kit.certified import certified
from tests.simulation.test_certificates import three, told

__all__ = ["three"]  # a fixture


@pytest.fixture
def far(three, cast):
    """A school that holds nobody of the others."""
    root = three[0]
    root.adds("S3", "350104", "学校", name="第三小学")
    node = cast.new("第三小学的电脑")
    root.enrols(node, "S3")
    return node


def _publishes(node, entries):
    node.do(say, [Draft("", "revocations_published", subject("node", node.id), {"entries": entries})])


def _hears(node, signer, as_of, number, state):
    key = signer.see(lambda r: signing_key(r, worlds.load(r)))
    part = list_texts(key, signer.world.campaign, as_of, [RevokedEntry(number, state)])[0]
    return node.do(lambda w: take_list(w, worlds.load(w), part))


def test_what_a_neighbour_publishes_takes_no_revocation_back_and_what_the_root_publishes_does(three, far):
    root, one, two = three
    text = certified(one)
    number = decode(text).number
    one.do(revoke, number, "冒名")
    one.sends(root)
    root.gives(far)
    root.gives(two)
    assert told(far, text)[0] == "revoked"
    _publishes(two, [[number, "revoked", "", "2023-06-02"], [number, "valid", "", "2023-06-02"]])
    two.sends(root)
    root.gives(far)
    assert told(far, text)[0] == "revoked"
    _publishes(root, [[number, "valid", "", "2023-06-03"]])
    root.gives(far)
    assert told(far, text)[0] == "valid"


def test_a_neighbours_list_unsays_nothing_and_the_roots_does(three, far):
    root, one, two = three
    text = certified(one)
    number = decode(text).number
    root.gives(far)
    _hears(far, one, "2023-06-01T00:00:00Z", number, "revoked")
    _hears(far, two, "2023-06-01T01:00:00Z", number, "stands")
    assert told(far, text)[0] == "revoked"
    _hears(far, root, "2023-06-01T02:00:00Z", number, "stands")
    assert told(far, text)[0] == "valid"


def test_what_a_revoked_device_signed_late_stands_by_the_roots_word_alone(three, far):
    root, one, two = three
    certified(one)
    one.sends(root)
    root.revokes(one)
    late = certified(one, name="李四", number="002")
    root.gives(far)
    _hears(far, two, "2023-06-01T00:00:00Z", decode(late).number, "stands")
    assert told(far, late) == ("unknown", "issuer_revoked")


def test_a_list_from_a_time_to_come_is_refused(three, far):
    root, one, _ = three
    number = decode(certified(one)).number
    root.gives(far)
    with pytest.raises(Refused):
        _hears(far, one, "2090-01-01T00:00:00Z", number, "revoked")
