"""What is kept of a file that was imported: its name, its bytes' sum, the counts, beside the batch it became."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campmgr.facts import world as worlds
from campmgr.facts.batches import scopes_of_batch
from campmgr.facts.file_names import keep_file_name
from campmgr.facts.importing import Imported
from campmgr.facts.saying import may_write, say
from campmgr.facts.world import World
from campmgr.ids import hash_id
from campmgr.ledger.envelope import Draft, scope_unit, subject
from campmgr.store.door import Reader, Writer
from campmgr.store.identity import WRITER
from campmgr.wording import normal

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file as it was imported. `read_at`: when like counts were read, in stored form; "" for every other kind."""

    kind: str
    file: str
    sha256: str
    read_at: str
    counts: Imported


def keep_imported(w: Writer, file: ImportedFile, *, batch: str, unit: str, actor: str) -> None:
    """Say that a file became this batch; `unit` is the one it was imported for, "" for the whole data file.

    The fact stands beside the batch and not in it: a batch that is taken back stays in the list, struck out. What the file was
    called is kept here alone, since it may name people; only a prize list has to name the files its counts came from.
    """
    name = plain_name(file.file)
    keep_file_name(w, batch, name)
    world = worlds.load(w)
    where = next((each for each in _units(w, world, batch, unit) if may_write(world, w.meta(WRITER), each)), None)
    if where is None:  # a grant that covers not one unit's people; the batch itself tells who and when
        return
    counts = file.counts
    body = {
        "kind": file.kind, "file": name if file.kind == "likes" else "", "sha256": file.sha256, "read_at": file.read_at,
        "rows": counts.rows, "new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged,
        "rejected": counts.rejected,
    }  # fmt: skip
    say(
        w,
        [Draft(where, "file_imported", subject("batch", batch), body, actor=actor, client_id=hash_id("file", batch))],
    )


def _units(r: Reader, world: World, batch: str, unit: str) -> Iterator[str]:
    """Units whose scope may hold the fact, the fittest first: the importer's, this file's own, one the batch wrote to, any."""
    yield from filter(None, (unit, world.root_unit))
    node = world.trust.node_of(r.meta(WRITER))
    yield from (grant.unit for grant in reversed(world.trust.grants(node)))
    yield from filter(None, map(scope_unit, scopes_of_batch(r, batch)))
    yield from sorted(world.tree.units)


def plain_name(name: str) -> str:
    """A file's name without folders and without characters that do not print."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in normal(last, "NFC") if each.isprintable())[:_LONGEST_NAME]
