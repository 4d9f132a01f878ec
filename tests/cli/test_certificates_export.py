"""`campmgr certificates export`: one PDF of a unit's valid certificates; who is left out is named."""

from __future__ import annotations

import pytest


def _ready(program, *people: str) -> None:
    for person in people:
        program.json("mark", "--person", person, "--lesson", "V8", "--on", "2023-06-01")
        program.json("mark", "--person", person, "--sign-in", "--on", "2023-06-01")


def _pages(path) -> int:
    return path.read_bytes().count(b"/Type/Page/")


@pytest.mark.parametrize(("unit", "count"), [("S1", 2), ("S2", 1), ("350103", 1), ("", 3)])
def test_a_units_certificates_are_written_a_page_each(program, tmp_path, unit, count):
    _ready(program, "001", "002", "003")
    program.json("certificates", "issue")
    out = tmp_path / "out.pdf"
    data = program.json("certificates", "export", "--out", out, *(["--unit", unit] if unit else []))
    assert data == {"file": str(out), "printed": count, "unprinted": []}
    assert _pages(out) == count


def test_a_revoked_one_is_not_printed_and_where_there_is_none_nothing_is_written(program, tmp_path):
    out = tmp_path / "out.pdf"
    program.fails(3, "unknown_certificate", "certificates", "export", "--out", out)
    _ready(program, "001")
    (number,) = program.json("certificates", "issue")["numbers"]
    assert program("certificates", "export", "--out", out).code == 0
    out.unlink()
    program.json("certificates", "revoke", number, "--reason", "误发")
    program.fails(3, "unknown_certificate", "certificates", "export", "--out", out)
    assert not out.exists()


def test_a_name_that_cannot_be_drawn_is_told_and_the_others_are_written(program, tmp_path):
    _ready(program, "001", "002")
    program.json("person", "correct", "001", "--name", "李😀", "--reason", "更正姓名")
    program.json("certificates", "issue")
    ran = program("certificates", "export", "--out", tmp_path / "out.pdf")
    assert (ran.code, "已写出 1 份证书" in ran.out) == (0, True)
    assert "李😀的证书" in ran.err
    assert "U+1F600" in ran.err


def test_bad_input_is_said(program, tmp_path):
    _ready(program, "001")
    program.json("certificates", "issue")
    program.fails(3, "unknown_unit", "certificates", "export", "--out", tmp_path / "out.pdf", "--unit", "S9")
    program.fails(1, "trouble", "certificates", "export", "--out", tmp_path / "nowhere" / "out.pdf")
