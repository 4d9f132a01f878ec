"""What else people send is taken as it is meant, named, or asked about; none in silence."""

from __future__ import annotations

import zipfile

import pytest

from campmgr.errors import CampError
from campmgr.files.imports.importing import Options, import_file
from tests.kit.made_files import write_csv
from tests.kit.sent_books import SentSheet, send
from tests.kit.sent_dirt import DIRT
from tests.kit.sent_inputs import INPUTS, Parted, Sent
from tests.kit.sent_odd import ODD


@pytest.mark.parametrize("sent", [*INPUTS, *DIRT, *ODD], ids=lambda sent: f"{sent.letter} {sent.kind} {sent.suffix}")
def test_what_else_is_sent(camp, tmp_path, sent):
    assert _came(camp, tmp_path, sent) == sent.came


def _came(camp, tmp_path, sent: Sent) -> str:
    suffix, _, encoding = sent.suffix.partition(" ")
    path = tmp_path / f"sent{suffix}"
    if isinstance(sent.what, bytes):
        path.write_bytes(sent.what)
    elif suffix == ".csv":
        write_csv(path, sent.what, encoding)
    elif isinstance(sent.what, Parted):
        send(path, SentSheet(sent.what.rows))
        with zipfile.ZipFile(path, "a") as book:
            for name, data in sent.what.parts.items():
                book.writestr(name, data)
    else:
        send(path, sent.what if isinstance(sent.what, SentSheet) else SentSheet(sent.what))
    try:
        done = import_file(camp.store, sent.kind, path, Options())
    except CampError as problem:
        return f"{problem.reason}: {problem.sentence}"
    counts = done.counts
    assert counts.new + counts.changed + counts.unchanged + counts.rejected == counts.rows
    said = [f"{counts.new}+{counts.changed}={counts.unchanged}-{counts.rejected}"]
    said += [f"{each.row} {each.reason}" for each in counts.rejects]
    said += sorted(f"({each.reason})" for each in counts.notes)
    return "; ".join([*said, *_now(camp, sent.kind)])


def _now(camp, kind: str) -> list[str]:
    with camp.store.reading() as r:
        if kind == "marks":
            told = r.all(
                "select p.number, m.lesson, m.day, m.minutes from marks m join people p on p.person = m.person order by 1, 2, 3, 4"
            )
        elif kind == "people":
            told = r.all(
                "select number, name, class_name, phone from people where number not in ('001', '002', '003') order by 1, 2, 3, 4"
            )
        elif kind == "units":
            told = r.all("select code, name, expected from units where code like 'S7%' or code like 'S8%' order by 1")
        else:
            told = r.all("select link, title, likes from works order by 1")
    return [" ".join("-" if each is None else str(each) for each in row) for row in told]
