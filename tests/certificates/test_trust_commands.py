"""`campmgr certificates verify | revoke | reissue | list | checker | badge`."""

from __future__ import annotations

import openpyxl
import pytest
from openbadgeslib.ob3 import OB3Verifier

from campmgr.areas.certificates.files.sheet import code_text
from campmgr.areas.certificates.proof.badge import did_key
from campmgr.areas.certificates.proof.revocation_list import decode_part
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.areas.whole import CATALOGUE
from campmgr.facts import world as worlds
from campmgr.store.door import Store
from campmgr.store.ledger import own_key
from tests.kit.called import unit_called


@pytest.fixture
def numbers(program) -> list[str]:
    """Certificates of 001, 002 and 003, in the order of their people."""
    for person in ("001", "002", "003"):
        program.json("mark", "--person", person, "--lesson", "V8", "--on", "2023-06-01")
        program.json("mark", "--person", person, "--sign-in", "--on", "2023-06-01")
    program.json("certificates", "issue")
    return [row[0] for row in _asked(program, lambda r: r.all("select c.number from certificates c join people p on"
                                                              " p.person = c.person order by p.number"))]  # fmt: skip


def _asked(program, question):
    store = Store(program.path, CATALOGUE)
    try:
        with store.reading() as r:
            return question(r)
    finally:
        store.close()


def _code(program, number) -> str:
    (one,) = _asked(program, lambda r: certificate_prints(r, worlds.load(r), unit_called(r, "35"), number=number))
    return code_text(one, "https://example.org")


def test_a_number_and_a_code_are_verified(program, numbers):
    by_number = program.json("certificates", "verify", numbers[0])
    assert (by_number["state"], by_number["name"], by_number["signed"]) == ("valid", "张三", False)
    by_code = program.json("certificates", "verify", _code(program, numbers[0]))
    assert (by_code["state"], by_code["name"], by_code["signed"], by_code["credited"], by_code["unit"]) == (
        "valid", "张三", True, "8.00", "第一小学")  # fmt: skip
    said = program("certificates", "verify", _code(program, numbers[0])).out
    assert "有效" in said
    assert "签名有效" in said


def test_a_changed_code_is_forged_and_said_so(program, numbers):
    code = _code(program, numbers[0])
    told = program.json("certificates", "verify", code[:-8] + "AAAAAAAA")
    assert (told["state"], told["note"], told["name"]) == ("forged", "altered", "")
    assert "不要采信" in told["sentence"]


def test_reissued_both_numbers_say_so(program, numbers):
    old = _code(program, numbers[0])
    program.json("person", "correct", "001", "--name", "张叁", "--reason", "更正姓名")
    made = program.json("certificates", "reissue", numbers[0], "--reason", "姓名更正")
    assert program.json("certificates", "reissue", numbers[0], "--reason", "姓名更正")["known"]
    told = program.json("certificates", "verify", old)
    assert (told["state"], told["instead"], told["reason"]) == ("superseded", made["number"], "姓名更正")
    assert program.json("certificates", "verify", made["number"])["name"] == "张叁"
    program.fails(3, "unknown_certificate", "certificates", "reissue", "0000-0000-0000-0000", "--reason", "x")


def _book(path, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_list_is_tried_then_revoked_and_every_row_is_accounted_for(program, numbers, tmp_path):
    program.json("certificates", "revoke", numbers[2], "--reason", "先前撤销")
    rows = [["某校撤销名单"], ["序号", "证书编号", "原因"],
            [1, numbers[0].lower(), "冒名"], [2, numbers[1], None], [3, numbers[2], "重复"],
            [4, numbers[0], "又一次"], [5, "ABCD-EFGH-JKMN-PQRS", "错号"], [6, None, "没有编号"], [7, "ABC", "坏"]]  # fmt: skip
    path = _book(tmp_path / "名单.xlsx", rows)
    before = program.state()
    tried = program.json("certificates", "revoke", "--list", path, "--dry-run")
    assert program.state() == before
    assert (tried["rows"], tried["new"], tried["unchanged"], tried["rejected"]) == (7, 1, 1, 5)
    assert [(each["row"], each["reason"]) for each in tried["rejects"]] == [
        (4, "missing_value"), (6, "repeated_row"), (7, "bad_check_digits"), (8, "missing_value"),
        (9, "bad_check_digits")]  # fmt: skip
    done = program.json("certificates", "revoke", "--list", path, "--reason", "统一原因")
    assert (done["new"], done["unchanged"], done["rejected"]) == (2, 1, 4)
    assert program.json("certificates", "verify", numbers[1])["reason"] == "统一原因"
    after = program.state()
    again = program.json("certificates", "revoke", "--list", path, "--reason", "统一原因")
    assert (again["new"], again["unchanged"]) == (0, 4)
    assert program.state() == after


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_list_may_be_csv_of_any_office(program, numbers, tmp_path, encoding):
    path = tmp_path / "list.csv"
    path.write_text(f"证书编号,原因\n{numbers[0]},冒名\n", encoding)
    assert program.json("certificates", "revoke", "--list", path)["new"] == 1


def test_wrong_lists_are_refused_in_words(program, numbers, tmp_path):
    program.fails(2, "missing_column", "certificates", "revoke", "--list", _book(tmp_path / "a.xlsx", [["姓名"], ["张三"]]))
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 broken")
    program.fails(2, "unreadable_file", "certificates", "revoke", "--list", tmp_path / "b.xlsx")
    program.fails(2, "wrong_usage", "certificates", "revoke", "--reason", "x")
    program.fails(2, "wrong_usage", "certificates", "revoke", numbers[0], "--list", tmp_path / "b.xlsx")


def test_the_signed_list_is_printed_and_can_be_read_back(program, numbers, tmp_path):
    program.json("certificates", "revoke", numbers[0], "--reason", "冒名")
    told = program.json("certificates", "list", "--out", tmp_path / "list.pdf")
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
    assert (told["numbers"], told["codes"]) == (1, 1)
    part = decode_part(told["texts"][0])
    assert [(entry.number, entry.state) for entry in part.entries] == [(numbers[0], "revoked")]


def test_the_checker_file_is_one_file_that_asks_nobody(program, numbers, tmp_path):
    program.json("certificates", "checker", "--out", tmp_path / "核验.html")
    page = (tmp_path / "核验.html").read_text("utf-8")
    assert "逃生演练训练营" in page
    assert "src=" not in page.split("<script", 1)[0]
    assert "张三" not in page
    program.fails(1, "trouble", "certificates", "checker", "--out", tmp_path / "nowhere" / "x.html")


def test_a_badge_is_taken_by_somebody_elses_library(program, numbers, tmp_path):
    program.json("certificates", "badge", numbers[0], "--out", tmp_path / "b.jwt")
    did = did_key(_asked(program, own_key).public)
    taken = OB3Verifier.for_issuer_did(did).verify((tmp_path / "b.jwt").read_text("ascii"))
    assert taken.issuer.name == "福建省"
    program.json("certificates", "revoke", numbers[0], "--reason", "冒名")
    program.fails(3, "unknown_certificate", "certificates", "badge", numbers[0], "--out", tmp_path / "c.jwt")
    assert not (tmp_path / "c.jwt").exists()
