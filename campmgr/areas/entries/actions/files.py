"""Files of a work: attached with what they were found to be, and taken off again."""

from __future__ import annotations

from campmgr.areas.entries.kinds import ROLES
from campmgr.areas.entries.rules.probes import Probe
from campmgr.errors import BadInput
from campmgr.facts.inventory_rows import InventoryRow
from campmgr.facts.saying import say
from campmgr.ledger.envelope import Draft, Fact, subject
from campmgr.masks import holds_number
from campmgr.store.door import Writer

_PROBED = ("container", "brand", "codec", "ms", "track_ms", "width", "height", "coded_short", "coded_long", "rotation", "has_sound",
           "trouble")  # fmt: skip


def attach_file(w: Writer, entry: InventoryRow, role: str, probe: Probe, actor: str = "", batch: str = "") -> Fact:
    """Attach a file that was looked at and hashed; the same bytes in the same role again say what was found now.

    Raises BadInput for a role that is none, a file that is not there or whose name holds a number.
    """
    if role not in ROLES:
        raise BadInput(f"没有“{role}”这种文件。", reason="unknown_word", hint=f"可以是：{'、'.join(ROLES)}。")
    if not probe.sha256:
        raise BadInput(f"“{probe.name}”打不开，没有附上。", reason="unreadable_file", hint="请核对文件还在不在。")
    if holds_number(probe.name):
        raise BadInput("文件名里像是有电话或证件号码。", reason="name_in_reason", hint="请先给文件改名。")
    found = {name: value for name in _PROBED if (value := getattr(probe, name)) not in {None, "", 0}}
    body = {"activity": entry.activity, "role": role, "name": probe.name[-200:], "bytes": probe.bytes, "sha256": probe.sha256,
            "probe": found}  # fmt: skip
    return say(w, [Draft(entry.unit, "file_attached", subject("entry", entry.id), body, actor=actor, batch=batch or None)])[0].fact


def drop_file(w: Writer, entry: InventoryRow, role: str, digest: str, name: str, actor: str = "") -> Fact:
    """Take a file off a work; its bytes stay in the folder."""
    body = {"activity": entry.activity, "role": role, "sha256": digest, "name": name, "reason": "撤下"}
    return say(w, [Draft(entry.unit, "file_dropped", subject("entry", entry.id), body, actor=actor)])[0].fact
