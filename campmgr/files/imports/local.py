"""Which column of a unit's files is which field, as somebody chose it last: rows of this data file alone."""

from __future__ import annotations

from collections.abc import Mapping

from campmgr.store.door import Reader, Writer


def mapping_of(r: Reader, unit: str, kind: str) -> dict[str, str]:
    """Field -> heading (or "!" and a heading that it is not), of a unit's files of a kind."""
    return dict(r.all("select field, heading from local_mappings where unit = :unit and kind = :kind order by field",
                      unit=unit, kind=kind))  # fmt: skip


def keep_mapping(w: Writer, unit: str, kind: str, mapping: Mapping[str, str]) -> None:
    """Remember which heading is which field, in place of what was remembered before."""
    w.run("delete from local_mappings where unit = :unit and kind = :kind", unit=unit, kind=kind)
    w.many(
        "insert into local_mappings (unit, kind, field, heading) values (?, ?, ?, ?)",
        [(unit, kind, field, heading) for field, heading in sorted(mapping.items())],
    )
