"""What comes on a stick and cannot be taken in is told alike on page and command: a sentence, and what to do; nothing changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from campmgr.areas.camp.actions import open_camp
from campmgr.areas.nodes.files.packs import accept_pack, make_pack, send_pack
from campmgr.areas.people.actions import people
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.facts import world as worlds
from campmgr.ledger.hpke import new_sealing_key
from campmgr.ledger.seal import new_key
from campmgr.store import data_file
from campmgr.store.door import Store
from campmgr.store.ledger import own_key, own_sealing_key
from tests.kit.child_laptop import COUNTY, taken_in
from tests.kit.office import found, hidden, send
from tests.kit.packs import pack_by
from tests.kit.program import HAN, Program

PACKS = "/office/packs/"


@pytest.fixture
def child(pages, tmp_path):
    """A laptop that the camp of the pages has taken in, and what it has to say."""
    with taken_in(pages, tmp_path) as (store, _, _):
        with store.writing() as w:
            people.register(w, Registration(COUNTY, "陈小红"))
        yield store


def _of_another_camp(_pages, _child: Store, path: Path) -> bytes:
    store = open_camp(path.with_name("other.sqlite"), "escape-drill-2023", CATALOGUE, FixedClock("2023-06-10T09:30"))
    send_pack(store, path)
    data_file.close(store)
    return path.read_bytes()


def _for_somebody_else(_pages, child: Store, path: Path) -> bytes:
    with child.reading() as r:
        key, campaign = own_key(r), r.meta("campaign")
    return pack_by(key, campaign, path, [], new_sealing_key().public).read_bytes()


def _from_the_child(_pages, child: Store, path: Path) -> bytes:
    send_pack(child, path, whole=True)
    return path.read_bytes()


def _cut_short(pages, child: Store, path: Path) -> bytes:
    return _from_the_child(pages, child, path)[:900]


def _altered(pages, child: Store, path: Path) -> bytes:
    return _from_the_child(pages, child, path).replace(b'"at":"2023-', b'"at":"2022-', 1)


def _newer(pages, child: Store, path: Path) -> bytes:
    return _from_the_child(pages, child, path).replace(b"campmgr pack 1\n", b"campmgr pack 12\n", 1)


def _no_pack(_pages, _child: Store, _path: Path) -> bytes:
    return b"PK\x03\x04 some workbook"


def _receipt(pages, child: Store, path: Path) -> bytes:
    send_pack(pages.store, path)
    return accept_pack(child, path).receipt


def _receipt_of_another_pack(pages, child: Store, path: Path) -> bytes:
    with pages.store.reading() as r:
        make_pack(r, worlds.load(r), path, "")
    return accept_pack(child, path).receipt


def _receipt_for_somebody_else(pages, child: Store, path: Path) -> bytes:
    return accept_pack(pages.store, _kept(path, _from_the_child(pages, child, path))).receipt


def _kept(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _receipt_cut_short(pages, child: Store, path: Path) -> bytes:
    return _receipt(pages, child, path)[:-3]


def _newer_receipt(pages, child: Store, path: Path) -> bytes:
    return _receipt(pages, child, path).replace(b"campmgr receipt 1\n", b"campmgr receipt 2\n", 1)


CASES: dict[str, list[Callable[..., bytes]]] = {
    "wrong_campaign": [_of_another_camp],
    "sealed_pack": [_for_somebody_else, _receipt_for_somebody_else],
    "damaged_pack": [_cut_short, _altered, _no_pack, _receipt_cut_short],
    "newer_pack": [_newer, _newer_receipt],
    "foreign_receipt": [_receipt_of_another_pack],
}


def _held(store: Store) -> str:
    with store.reading() as r:
        kept = r.all("select chain, body from facts"), r.all("select receipt from local_receipts")
    return hashlib.sha256(repr(kept).encode()).hexdigest()


@pytest.mark.parametrize(("reason", "make"), [(reason, each) for reason, some in CASES.items() for each in some],
                         ids=lambda value: value if isinstance(value, str) else value.__name__)  # fmt: skip
def test_it_is_told_alike_on_page_and_command(pages, child, tmp_path, capsys, reason, make):
    data = make(pages, child, tmp_path / "come.pack")
    file = _kept(tmp_path / ("come.pack.receipt" if data.startswith(b"campmgr receipt") else "come.pack"), data)
    before = _held(pages.store)
    verb = "receipt" if file.suffix == ".receipt" else "accept"
    told = Program(Path(pages.store.path), capsys).fails(4 if reason == "sealed_pack" else 2, reason, "pack", verb, file)
    assert HAN.search(told["hint"])
    answer = send(pages, PACKS, pack=(data, file.name))
    if answer.status_code == 303:
        answer = pages.browser("root").get(answer.location)
    shown = answer.text
    assert (answer.status_code, 'id="e-pack"' in shown) == (422, True)
    assert told["sentence"] in shown
    assert _held(pages.store) == before


def test_a_pack_of_a_laptop_that_nobody_enrolled_is_kept_apart_and_there_is_no_receipt(pages, tmp_path, capsys):
    """Its words count nowhere; on page and command it is said why there is no receipt, and what to do."""
    with pages.store.reading() as r:
        pack = pack_by(new_key(), r.meta("campaign"), tmp_path / "strange.pack", [], own_sealing_key(r).public)
    ran = Program(Path(pages.store.path), capsys)("pack", "accept", pack)
    assert (ran.code, "没有写回执" in ran.err, "请由它的上级" in ran.err) == (0, True, True)
    looked = send(pages, PACKS, pack=(pack.read_bytes(), "strange.pack"))
    shown = pages.browser("root").get(looked.location).text
    assert "没有回执：" in found(pages, PACKS + "accept", looked=hidden(shown, "looked"))
