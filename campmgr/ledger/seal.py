"""Seals: an Ed25519 signature over a stream's last chain value. The only file that knows how signatures are made.

A writer's id is a hash of its public key, so whoever holds the key can check a seal before any enrolment has arrived.
The suite is named in every seal; a suite this version does not know is never taken for valid.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from campmgr.ids import canonical, sha256
from campmgr.ledger.envelope import Stream

SUITE = "ed25519"


class Seal(NamedTuple):
    """A signature at one place of one stream."""

    seq: int
    chain: str
    suite: str
    signature: str


class KeyPair(NamedTuple):
    """A writer's key, both halves as hex."""

    private: str
    public: str

    @property
    def writer(self) -> str:
        """The writer id that belongs to this key."""
        return writer_of(self.public)


def new_key() -> KeyPair:
    """A fresh key pair."""
    return key_from(Ed25519PrivateKey.generate().private_bytes_raw())


def key_from(private: bytes) -> KeyPair:
    """The key pair with these 32 bytes as its private half."""
    key = Ed25519PrivateKey.from_private_bytes(private)
    return KeyPair(private.hex(), key.public_key().public_bytes_raw().hex())


def writer_of(public: str) -> str:
    """A writer's id: 128 bits of the hash of its public key."""
    return sha256("writer:" + public)[:32]


def sign(key: KeyPair, message: str) -> str:
    """The signature over a text, as hex."""
    return _signing_key(key.private).sign(message.encode()).hex()


@lru_cache(4)  # making one from its bytes takes longer than to sign, and a program mostly writes with one
def _signing_key(private: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(private))


def signed(public: str, message: str, signature: str) -> bool:
    """Whether the signature is that key's over that text. Garbled keys and signatures are simply not valid."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def seal(key: KeyPair, campaign: str, stream: Stream, seq: int, chain: str) -> Seal:
    """Seal a stream at its last fact."""
    return Seal(seq, chain, SUITE, sign(key, _message(campaign, stream, seq, chain)))


def seal_holds(public: str, campaign: str, stream: Stream, mark: Seal) -> bool:
    """Whether the seal is the stream's own writer's."""
    if mark.suite != SUITE or writer_of(public) != stream.writer:
        return False
    return signed(public, _message(campaign, stream, mark.seq, mark.chain), mark.signature)


def _message(campaign: str, stream: Stream, seq: int, chain: str) -> str:
    return canonical(["campmgr-seal", campaign, stream.scope, stream.writer, seq, chain])
