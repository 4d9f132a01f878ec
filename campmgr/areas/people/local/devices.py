"""For whom a browser has spoken: local rows, a hint whether one device declares for many.

A browser makes up a random number and keeps it (`static/app.js`); whoever clears it is a new device, so this proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.clock import utc_text
from campmgr.ids import sha256
from campmgr.store.door import Reader, Writer

_MOST = 64


def note_device(w: Writer, device: str, person: str) -> None:
    """Note that a browser spoke for somebody; "" for one that sent no number changes nothing."""
    if device:
        w.run("insert into local_spoken_for (person, device_hash, first_at) values (:person, :device, :at) on conflict do nothing",
              person=person, device=sha256(device[:_MOST]), at=utc_text(w.clock.now()))  # fmt: skip


def people_of_their_devices(r: Reader, people: Iterable[str]) -> dict[str, int]:
    """For each of these people for whom a browser spoke: how many people the busiest of those browsers spoke for, them included."""
    sql = """select mine.person, max((select count(*) from local_spoken_for other where other.device_hash = mine.device_hash))
             from local_spoken_for mine where mine.person in (:keys) group by mine.person"""
    return dict(r.among(sql, people))
