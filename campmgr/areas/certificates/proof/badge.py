"""A certificate as Open Badges 3.0: a VC-JWT signed with EdDSA, its issuer a did:key (docs/certificates.md#badge).

Everything comes from what is given, nothing from the network or the hour: the same certificate gives the same bytes. The holder
is a URN made from the certificate's number, never a telephone or an address.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from campmgr.areas.certificates.proof.statement import to_text
from campmgr.clock import parse_instant
from campmgr.ids import hash_id
from campmgr.ledger.seal import KeyPair, sign

_CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
"""Names of the two vocabularies; nobody fetches them here."""

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519 = b"\xed\x01"
"""How a multicodec says that an Ed25519 public key follows."""


class Badge(NamedTuple):
    """What a badge says. `issued_on` is a day in China, `address` the certificate's page or ""."""

    number: str
    name: str
    title: str
    camp: str
    criteria: str
    hours: str
    issuer: str
    issued_on: str
    address: str


def badge_token(key: KeyPair, badge: Badge) -> str:
    """The badge as a compact JWS."""
    did = did_key(key.public)
    header = {"alg": "EdDSA", "kid": f"{did}#{did.removeprefix('did:key:')}", "typ": "JWT"}
    said = f"{_segment(header)}.{_segment(_claims(badge, did))}"
    return f"{said}.{to_text(bytes.fromhex(sign(key, said)))}"


def did_key(public: str) -> str:
    """The did:key of a public key in hex."""
    return "did:key:z" + base58(_ED25519 + bytes.fromhex(public))


def base58(data: bytes) -> str:
    """Bytes in base58btc."""
    value, text = int.from_bytes(data, "big"), ""
    while value:
        value, digit = divmod(value, 58)
        text = _BASE58[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def _claims(badge: Badge, did: str) -> dict[str, Any]:
    since = parse_instant(f"{badge.issued_on}T00:00")
    subject, credential = _urn("subject", badge.number), _urn("credential", badge.number)
    achievement = {
        "id": _urn("achievement", badge.camp, badge.title),
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "name": badge.title,
        "description": f"{badge.camp}，{badge.hours} 课时",
        "criteria": {"narrative": badge.criteria},
    }
    holder = {"type": "IdentityObject", "hashed": False, "identityHash": badge.name, "identityType": "name"}
    claims = {
        "@context": _CONTEXTS,
        "id": credential,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": f"{badge.title} {badge.number}",
        "issuer": {"id": did, "type": ["Profile"], "name": badge.issuer},
        "validFrom": since.isoformat(),
        "credentialSubject": {"id": subject, "type": ["AchievementSubject"], "achievement": achievement, "identifier": [holder]},
        "iss": did,
        "sub": subject,
        "jti": credential,
        "nbf": int(since.timestamp()),
    }
    evidence = {"type": ["Evidence"], "id": badge.address, "name": "查验页", "narrative": "在这里查验证书是否仍然有效。"}
    return claims | ({"evidence": [evidence]} if badge.address else {})


def _urn(*parts: str) -> str:
    """A name in the form of a UUID (version 8, RFC 9562), the same on every node."""
    digits = hash_id("badge", *parts)
    digits = f"{digits[:12]}8{digits[13:16]}{'89ab'[int(digits[16], 16) % 4]}{digits[17:]}"
    return "urn:uuid:" + "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _segment(value: object) -> str:
    return to_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
