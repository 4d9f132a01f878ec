"""Makes the golden pack that every later version must open and prove: `python -m tests.nodes.make_golden_pack`, once."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from campmgr.areas.nodes.exchange.pack_reader import PackReader
from campmgr.ids import canonical
from campmgr.ledger.hpke import SealingKey
from campmgr.store.ledger import own_sealing_keys
from tests.kit.story import Cast

FOLDER = Path(__file__).parent / "golden"
PACK, TOLD = FOLDER / "format1.pack", FOLDER / "format1.json"


def told_of(path: Path, private: str, public: str) -> dict[str, Any]:
    """What a pack says, all of it: head, and each segment with its facts, as one hash each."""
    reader = PackReader(path, [SealingKey(private, public)])
    segments = []
    for parcel in reader.segments():
        segment, key, values = parcel.open()
        lines = "\n".join(map(canonical, values))
        segments.append(
            [*segment.stream, segment.start, segment.previous, *segment.seal, key, hashlib.sha256(lines.encode()).hexdigest()]
        )
    return {"head": json.loads(canonical(reader.head)), "secrets": reader.secrets(), "segments": segments}


def main() -> None:
    """Make the pack with the key that opens it, and what stands in it; what is there stays."""
    FOLDER.mkdir(exist_ok=True)
    if PACK.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        cast = Cast(Path(folder))
        root, county = cast.root(lessons=()), cast.new("县")
        root.enrols(county, "350102")
        root.marks(root.joins("350102", "𠮷安", "001"), condition="sign_in")
        PACK.write_bytes(root.packed(county.id).read_bytes())
        key = county.see(own_sealing_keys)[0]
        cast.close()
    TOLD.write_text(json.dumps({"key": list(key), "told": told_of(PACK, *key)}, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
