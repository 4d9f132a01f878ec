"""Who writes here: this data file's key, and noticing that the file is a copy or an old backup (docs/ledger.md#writers).

A copied or restored file that went on under the old writer id would write the same numbers twice. So a marker outside the
file remembers where each writer lives and how far it got; when it does not fit, a new writer is minted, and the first fact
it writes introduces it as the successor, signed with its predecessor's key. The marker is written lazily, on closing: should
a restore slip through, both branches are kept and folded all the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from campmgr.disk import make_folder, put_in_place
from campmgr.ledger.hpke import sealing_key_beside
from campmgr.ledger.seal import KeyPair, new_key
from campmgr.store.door import Reader, Writer

WRITER = "writer"
PREDECESSOR = "predecessor"
"""Set while the new writer has not introduced itself yet."""

LACKS = "lacks"
"""Set in a file that held less than its writer had written: copied before all was in it, or an older state."""


def mint(w: Writer) -> KeyPair:
    """A new key for this file, from now on its writer."""
    key = new_key()
    sealing = sealing_key_beside(key.private)
    w.run("insert into local_keys (writer, private, public, sealing_private, sealing_public, place)"
          " select :writer, :private, :public, :sealing_private, :sealing_public, count(*) from local_keys",
          writer=key.writer, private=key.private, public=key.public, sealing_private=sealing.private,
          sealing_public=sealing.public)  # fmt: skip
    w.run("insert into writer_keys (writer, public) values (:writer, :public) on conflict (writer) do nothing",
          writer=key.writer, public=key.public)  # fmt: skip
    w.set_meta(WRITER, key.writer)
    return key


def begin_anew(w: Writer) -> KeyPair:
    """A new key that succeeds nobody: for a file whose old key is worth nothing any more."""
    key = mint(w)
    w.drop_meta(PREDECESSOR)
    return key


def own_writers(r: Reader) -> set[str]:
    """Every writer this file has been."""
    return {row[0] for row in r.all("select writer from local_keys")}


def _marker(folder: Path, writer: str) -> Path:
    return folder / "writers" / f"{writer}.json"


def leave_marker(r: Reader, path: Path, folder: Path) -> None:
    """Note outside the file where this writer lives and how many facts it has written."""
    writer = r.meta(WRITER)
    marker = _marker(folder, writer)
    make_folder(marker.parent)
    content = json.dumps({"path": str(path.resolve()), "written": int(r.meta("written", "0"))})
    fresh = marker.with_suffix(".new")
    fresh.write_text(content, "utf-8")
    put_in_place(fresh, marker)


@dataclass(frozen=True, slots=True)
class Told:
    """What this machine remembers of a file: where it lay, and how many facts its writer had written."""

    path: Path
    written: int


def told_of(r: Reader, folder: Path) -> Told | None:
    """What the marker of this file's writer says; None where there is none on this machine."""
    try:
        told = json.loads(_marker(folder, r.meta(WRITER)).read_text("utf-8"))
        return Told(Path(told["path"]), int(told["written"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_copy(r: Reader, told: Told | None, path: Path) -> bool:
    """Whether this file is not the one its writer last wrote into: another machine, an older state, or a twin."""
    if told is None or told.written > int(r.meta("written", "0")):
        return True
    return told.path != path.resolve() and told.path.exists()


def become_successor(w: Writer, told: Told | None = None) -> None:
    """Mint a new writer for a copied file; it introduces itself with its first fact. What it lacks of what was told stays noted."""
    before, written = w.meta(WRITER), int(w.meta("written", "0"))
    if told is not None and told.written > written:
        w.set_meta(LACKS, json.dumps({"writer": before, "count": told.written - written, "path": str(told.path),
                                        "held": _held(w, before)}))  # fmt: skip
    predecessor = w.meta(PREDECESSOR) or before
    mint(w)
    w.set_meta(PREDECESSOR, predecessor)


def lacking(r: Reader) -> tuple[int, str]:
    """(how many facts this file lacks that its earlier writer had written on this machine, where that file lies); (0, "").

    What comes back by a pack is lacking no longer.
    """
    if not (noted := r.meta(LACKS)):
        return 0, ""
    told = json.loads(noted)
    return max(0, told["held"] + told["count"] - _held(r, told["writer"])), told["path"]


def _held(r: Reader, writer: str) -> int:
    return int(r.value("select count(*) from facts where writer = :writer", writer=writer))
