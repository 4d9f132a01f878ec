"""`campmgr certificates export`: one PDF of a unit's valid certificates; who is left out is named."""

from __future__ import annotations

import zipfile

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


def test_a_zip_by_city_and_unit_or_a_sentence_about_the_name(program, tmp_path):
    _ready(program, "001", "003")
    program.json("certificates", "issue")
    program.json("certificates", "platform", "001", "--number", "KS-1", "--on", "2023-06-10")
    out = tmp_path / "out.zip"
    assert program.json("certificates", "export", "--out", out)["printed"] == 2
    names = zipfile.ZipFile(out).namelist()
    assert {"福州市/第一小学（S1）/证书.pdf", "福州市/第二小学（S2）/签收单.xlsx", "装箱单.xlsx"} <= set(names)
    program.fails(2, "wrong_usage", "certificates", "export", "--out", tmp_path / "out.docx")
    assert sorted(path.name for path in tmp_path.glob("out.*")) == ["out.zip"]


def test_issuing_tells_names_by_unit_before_anything_is_written(program):
    _ready(program, "001", "003")
    program.json("mark", "--person", "002", "--lesson", "V8", "--on", "2023-06-01")
    told = program.json("certificates", "issue", "--dry-run")["units"]
    assert [(unit["name"], unit["ready"], unit["refused"]) for unit in told] == [
        ("第一小学", ["张三"], [{"name": "李四", "reason": "没有签到"}]),
        ("第二小学", ["王五"], []),
    ]
    text = program("certificates", "issue", "--dry-run").out
    assert "未签发 李四：没有签到" in text


def test_the_template_is_copied_and_a_changed_one_is_used(program, tmp_path):
    _ready(program, "001")
    program.json("certificates", "issue")
    folder = program.path.parent / "templates"
    program.json("certificates", "template", "--out", folder)
    program.fails(2, "data_file_exists", "certificates", "template", "--out", folder)
    (folder / "own.typ").write_text(
        "#set page(width: 90mm, height: 60mm)\n#for p in json(bytes(sys.inputs.told)).pages { p.name }", "utf-8"
    )
    program.json("rules", "set", "certificate.template", "own.typ", "--reason", "试")
    program.json("certificates", "export", "--out", tmp_path / "own.pdf")
    assert b"/MediaBox[0 0 255.1" in (tmp_path / "own.pdf").read_bytes().replace(b" [", b"[")
    (folder / "own.typ").write_text("#let x = (", "utf-8")
    problem = program.fails(2, "bad_template", "certificates", "export", "--out", tmp_path / "again.pdf")
    assert "own.typ 第 1 行" in str(problem)
    assert not (tmp_path / "again.pdf").exists()
