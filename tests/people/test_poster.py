"""`campmgr poster`: a PDF for a unit, with a join code that works, and a warning about its address."""

from __future__ import annotations

from campmgr.areas.people.local import JoinCode, join_codes_of, set_join_code
from campmgr.areas.whole import CATALOGUE
from campmgr.store.door import Store
from tests.kit.called import unit_called


def _codes(program, *, revoke: bool = False) -> list[JoinCode]:
    store = Store(program.path, CATALOGUE)
    try:
        with store.writing() as w:
            codes = join_codes_of(w, [unit_called(w, "S1")])
            for each in codes if revoke else ():
                set_join_code(w, each.code, works=False)
            return codes
    finally:
        store.close()


def test_a_poster_is_written_and_its_code_serves_until_it_is_revoked(program, tmp_path):
    out = tmp_path / "poster.pdf"
    ran = program("poster", "--unit", "S1", "--out", out)
    assert (ran.code, out.read_bytes()[:5]) == (0, b"%PDF-")
    (code,) = _codes(program)
    assert f"/j/{code.code}" in ran.out
    assert "印制材料所用网址" in ran.err
    assert program("poster", "--unit", "第一小学", "--out", out).code == 0
    assert len(_codes(program, revoke=True)) == 1
    assert program("poster", "--unit", "S1", "--out", out).code == 0
    assert [each.active for each in _codes(program)].count(True) == 1


def test_a_base_address_is_printed_without_a_warning(program, tmp_path):
    assert program("rules", "set", "camp.base_address", "https://camp.example.org/").code == 0
    ran = program("poster", "--unit", "S1", "--out", tmp_path / "poster.pdf")
    assert "https://camp.example.org/j/" in ran.out
    assert not ran.err


def test_an_unknown_unit_and_a_place_that_cannot_be_written_leave_nothing(program, tmp_path):
    assert program("poster", "--unit", "S9", "--out", tmp_path / "poster.pdf").code == 3
    assert program("poster", "--unit", "S1", "--out", tmp_path / "nowhere" / "poster.pdf").code == 1
    assert _codes(program) == []
    assert not (tmp_path / "poster.pdf").exists()
