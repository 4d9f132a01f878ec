"""Who writes here: this data file's key, and noticing that the file is a copy or an old backup (docs/ledger.md#writers).

A copied or restored file that went on under the old writer id would write the same numbers twice. So a marker outside the
file remembers where each writer lives and how far it got; when it does not fit, a new writer is minted, and the first fact
it writes introduces it as the successor, signed with its predecessor's key. The marker is written lazily, on closing: should
a restore slip through, both branches are kept and folded all the same.
"""

from __future__ import annotations

import json
from pathlib import Path

from campmgr.ledger.hpke import new_sealing_key
from campmgr.ledger.seal import KeyPair, new_key
from campmgr.store.door import Reader, Writer

WRITER = "writer"
PREDECESSOR = "predecessor"
"""Set while the new writer has not introduced itself yet."""


def mint(w: Writer) -> KeyPair:
    """A new key for this file, from now on its writer."""
    key, sealing = new_key(), new_sealing_key()
    w.run("insert into local_keys (writer, private, public, sealing_private, sealing_public, place)"
          " select :writer, :private, :public, :sealing_private, :sealing_public, count(*) from local_keys",
          writer=key.writer, private=key.private, public=key.public, sealing_private=sealing.private,
          sealing_public=sealing.public)  # fmt: skip
    w.run("insert into writer_keys (writer, public) values (:writer, :public) on conflict (writer) do nothing",
          writer=key.writer, public=key.public)  # fmt: skip
    w.set_meta(WRITER, key.writer)
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
    marker.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps({"path": str(path.resolve()), "written": int(r.meta("written", "0"))})
    fresh = marker.with_suffix(".new")
    fresh.write_text(content, "utf-8")
    fresh.replace(marker)


def is_copy(r: Reader, path: Path, folder: Path) -> bool:
    """Whether this file is not the one its writer last wrote into: another machine, an older state, or a twin."""
    marker = _marker(folder, r.meta(WRITER))
    try:
        told = json.loads(marker.read_text("utf-8"))
        place, written = Path(told["path"]), int(told["written"])
    except (OSError, ValueError, KeyError, TypeError):
        return True
    if written > int(r.meta("written", "0")):
        return True
    return place != path.resolve() and place.exists()


def become_successor(w: Writer) -> None:
    """Mint a new writer for a copied file; it introduces itself with its first fact."""
    predecessor = w.meta(PREDECESSOR) or w.meta(WRITER)
    mint(w)
    w.set_meta(PREDECESSOR, predecessor)
