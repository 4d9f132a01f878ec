"""Whose certificates they are and how they look: issuing bodies confirmed by a person, and the seal (F-04, F-20)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from campmgr.areas.camp.actions import amend_rules
from campmgr.areas.certificates import local
from campmgr.areas.certificates.settings import Certificate
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.ledger.envelope import Fact
from campmgr.store.door import Writer


def confirm_issuers(w: Writer, issuers: Sequence[str], reason: str, actor: str = "") -> Fact | None:
    """Have certificates issued in these bodies' names, in order: recorded with the reason, as what was confirmed. None when it
    stands so already; an empty list gives them back to the unit that opened the camp.

    Raises BadInput without a reason or for a wrong list, NotAllowed on a node that is not the camp's root.
    """
    if not reason.strip():
        raise BadInput("请写明依据，例如同意落款的文号。", reason="missing_value", hint="以后查起来，会看到这句话。")
    text = json.dumps(list(issuers), ensure_ascii=False)
    return amend_rules(w, {"certificate.issuers": text, "certificate.issuers_confirmed": text}, reason.strip(), actor)


def set_seal(w: Writer, digest: str, png: bytes, reason: str = "", actor: str = "") -> Fact | None:
    """Print certificates with this seal from now on. The picture stays in this data file and never travels; another data file of
    the camp takes the same picture, and no other: raises NotAllowed for that on a node that is not the camp's root.
    """
    local.keep_seal(w, digest, png)
    return amend_rules(w, {"certificate.seal": digest}, reason, actor)


def remove_seal(w: Writer, reason: str = "", actor: str = "") -> Fact | None:
    """Print certificates without a seal from now on; the picture is deleted here. Only the camp's root."""
    local.drop_seal(w, worlds.load(w).rules[Certificate].seal)
    return amend_rules(w, {"certificate.seal": ""}, reason, actor)
