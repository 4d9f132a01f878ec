"""Signing what a certificate's QR code says, with the key of this data file (docs/certificates.md#statement).

Signed is only what this file may speak of: its grant covers the holder's unit. Two prints of one file are byte-equal.
"""

from __future__ import annotations

from campmgr.areas.certificates.proof.statement import MOST_HUNDREDTHS, Statement, encode, shortened, sign_statement
from campmgr.areas.certificates.settings import Certificate
from campmgr.facts.world import World
from campmgr.ledger.envelope import Stream, people_scope
from campmgr.ledger.seal import KeyPair
from campmgr.masks import mask_name
from campmgr.store.door import Reader
from campmgr.store.identity import PREDECESSOR, WRITER
from campmgr.store.ledger import own_key

_MOST_UNIT, _MOST_NAME = 48, 60
"""Bytes of UTF-8: sixteen Chinese characters of a unit, twenty of a name; more would make the code too fine for paper."""


def signing_key(r: Reader, world: World) -> KeyPair | None:
    """The key this file signs with: its writer's, or its predecessor's while a copy has not introduced itself yet.

    None while the camp knows neither.
    """
    known = (writer for writer in (r.meta(WRITER), r.meta(PREDECESSOR)) if writer and world.trust.node_of(writer))
    writer = next(known, "")
    return own_key(r, writer) if writer else None


class Signer:
    """Signs certificate after certificate."""

    def __init__(self, r: Reader, world: World) -> None:
        self._world = world
        self._key = signing_key(r, world)
        self._mode = world.rules[Certificate].name_in_code
        self._allowed: dict[str, bool] = {}

    def text(self, number: str, name: str, unit: str, credited: int, issued_on: str) -> str:
        """The statement of a certificate whose holder is at home in a unit; "" where this file may not sign it."""
        if self._key is None or not self._may_sign(unit):
            return ""
        known = self._world.tree.units[unit]
        said = Statement("", "", number, self._mode, min(credited, MOST_HUNDREDTHS), issued_on, unit,
                         shortened(known.name, _MOST_UNIT), self._shown(name))  # fmt: skip
        return encode(sign_statement(self._key, self._world.campaign, said))

    def _shown(self, name: str) -> str:
        if self._mode == "none":
            return ""
        return shortened(mask_name(name) if self._mode == "masked" else name, _MOST_NAME)

    def _may_sign(self, unit: str) -> bool:
        known = self._allowed.get(unit)
        if known is None:
            stream = Stream(people_scope(unit), self._key.writer) if self._key else None
            known = stream is not None and unit in self._world.tree.units
            known = known and self._world.trust.limit(stream, unit).is_open  # type: ignore[arg-type]  # known above
            self._allowed[unit] = known
        return known
