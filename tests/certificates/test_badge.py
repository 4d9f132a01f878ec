"""Open Badges 3.0, judged by somebody else's library: taken as it is, refused when anything was changed."""

from __future__ import annotations

import base64
import json
import random

import pytest
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier

from campmgr.areas.certificates.proof.badge import Badge, badge_token, base58, did_key
from campmgr.ledger.seal import new_key
from tests.certificates.test_statement import KEY

BADGE = Badge("ABCD-EFGH-JKMN-PQRS", "买买提·𠮷", "“逃生演练训练营”电子结业证书", "逃生演练训练营", "学满 8.00 课时，并完成签到。", "8.15",
              "第一小学", "2023-06-10", "https://example.org/c/ABCD-EFGH-JKMN-PQRS")  # fmt: skip


def claims(token: str) -> dict:
    part = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def judge(token: str):
    """The independent library's word, by the issuer's did:key alone and with no network."""
    return OB3Verifier.for_issuer_did(did_key(KEY.public)).verify(token)


def test_an_independent_library_takes_it():
    taken = judge(badge_token(KEY, BADGE))
    assert taken.issuer.id == did_key(KEY.public)
    assert taken.issuer.name == "第一小学"
    assert taken.achievement.name == BADGE.title
    assert taken.recipient_id.startswith("urn:uuid:")


def test_it_is_plain_utf_8_and_the_same_every_time():
    token = badge_token(KEY, BADGE)
    assert token == badge_token(KEY, BADGE)
    raw = base64.urlsafe_b64decode(token.split(".")[1] + "==")
    assert "买买提·𠮷".encode() in raw
    assert b"\\u" not in raw


def test_nothing_of_the_person_but_the_name_stands_in_it():
    said = claims(badge_token(KEY, BADGE))
    assert said["credentialSubject"]["identifier"] == [
        {"type": "IdentityObject", "hashed": False, "identityHash": "买买提·𠮷", "identityType": "name"}
    ]
    assert claims(badge_token(KEY, BADGE._replace(number="ABCD-EFGH-JKMN-PQR0")))["sub"] != said["sub"]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_changed_one_is_refused(place):
    dice, token = random.Random(place), badge_token(KEY, BADGE)
    for _ in range(40):
        parts = token.split(".")
        data = bytearray(base64.urlsafe_b64decode(parts[place] + "=" * (-len(parts[place]) % 4)))
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        parts[place] = base64.urlsafe_b64encode(bytes(data)).decode().rstrip("=")
        with pytest.raises(OB3VerificationError):
            judge(".".join(parts))


def test_another_issuers_badge_is_refused():
    with pytest.raises(OB3VerificationError):
        judge(badge_token(new_key(), BADGE))


def test_a_key_is_named_as_the_did_method_says():
    assert did_key("2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6") == (
        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    )
    assert base58(b"\0\0a") == "112g"
