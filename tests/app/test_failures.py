"""Failures: a Chinese sentence, a reason from the closed list, the right exit code, never a traceback."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from campmgr.app.commands import COMMANDS, commands
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import REASONS, BadInput, CampError, NotAllowed, NotFound, Refused, Trouble
from tests.kit.program import HAN, started


def _leaves(group: click.Group, context: click.Context, *words: str):
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield (*words, name)
            yield from _leaves(command, context, *words, name)
        else:
            yield (*words, name)


ALL = [(), *_leaves(commands, click.Context(commands, obj=CATALOGUE))]


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_every_command_explains_itself_in_chinese(nothing, words):
    for option in ("--help", "-h"):
        ran = nothing(*words, option)
        assert (ran.code, ran.err) == (0, "")
        assert HAN.search(ran.out)
        assert " ".join(("campmgr", *words)) in ran.out


def test_help_lists_every_command(nothing):
    told = nothing("--help").out
    assert all(f"  {name} " in told for name in COMMANDS)


def test_help_waits_for_no_area_and_no_database():
    script = (
        "import sys; from campmgr.app.commands import commands; commands(['--help'], standalone_mode=False); print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {"campmgr.areas.whole", "campmgr.store.door", "sqlite3"} & {*loaded}


@pytest.mark.parametrize("words", [*[each for each in ALL if each], ("nonsense",)], ids=" ".join)
def test_an_option_nobody_knows_is_bad_usage(nothing, words):
    error = nothing.fails(2, "wrong_usage", *words, "--no-such-option")
    assert error["hint"]
    assert nothing(*words, "--no-such-option").code == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("mark",), "--person"),
        (("report", "units"), "--by"),
        (("report", "units", "--by", "planet"), "planet"),
        (("import", "planets", "x.csv"), "planets"),
        (("import", "people"), "FILE"),
        (("mark", "--person", "001", "--minutes", "zwei"), "zwei"),
        (("prizes", "show", "one"), "one"),
        (("report", "standings", "--limit", "0"), "0"),
        (("rules", "set", "ranking.length"), "VALUE"),
        (("person", "show", "001", "002"), "002"),
        (("nonsense",), "nonsense"),
    ],
)
def test_usage_errors_are_told_in_chinese_and_name_the_culprit(program, words, says):
    error = program.fails(2, "wrong_usage", *words)
    assert says in error["sentence"]
    words_of_click = ("Missing", "Invalid", "No such", "Got unexpected", "requires", "is not", "Error")
    assert not [word for word in words_of_click if word in error["sentence"]]


def test_no_command_at_all_shows_what_there_is(nothing):
    ran = nothing()
    assert "import" in ran.out + ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("code", "reason", "words"),
    [
        (2, "wrong_usage", ("mark", "--person", "001")),
        (2, "wrong_usage", ("mark", "--person", "001", "--lesson", "V1", "--sign-in")),
        (2, "wrong_usage", ("mark", "--person", "001", "--sign-in", "--minutes", "5")),
        (2, "out_of_range", ("mark", "--person", "001", "--lesson", "V1", "--minutes", "-5")),
        (2, "out_of_range", ("mark", "--person", "001", "--lesson", "V1", "--minutes", "9" * 30)),
        (2, "bad_date", ("mark", "--person", "001", "--lesson", "V1", "--on", "morgen")),
        (2, "bad_date", ("report", "units", "--by", "city", "--as-of", "morgen")),
        (2, "bad_date", ("report", "standings", "--at", "morgen")),
        (2, "bad_date", ("report", "standings", "--at", "0001-01-01")),
        (2, "bad_date", ("prizes", "freeze", "--at", "morgen")),
        (2, "bad_date", ("person", "move", "001", "--to", "S2", "--on", "morgen")),
        (2, "bad_date", ("unit", "move", "S1", "--to", "350104", "--on", "morgen")),
        (2, "circular_parent", ("unit", "move", "3501", "--to", "350102")),
        (2, "unknown_rule", ("rules", "set", "no.such", "1")),
        (2, "unknown_rule", ("rules", "show", "ranking.lenght")),
        (2, "unknown_word", ("open", "--preset", "nope", "--db", "/nonexistent/x")),
        (2, "data_file_exists", ("open", "--preset", "escape-drill-2023")),
        (2, "wrong_usage", ("person", "correct", "001", "--reason", "x")),
        (2, "wrong_usage", ("person", "correct", "001", "--name", "张叁", "--minutes", "5", "--reason", "x")),
        (2, "bad_check_digits", ("person", "show", "1234567890123456")),
        (2, "missing_value", ("withdraw", "x", "--reason", "")),
        (2, "unreadable_file", ("import", "people", "/nonexistent.csv")),
        (2, "unreadable_file", ("import", "people", ".")),
        (3, "unknown_person", ("person", "show", "nobody")),
        (3, "unknown_person", ("report", "hours", "--person", "' or 1=1 --")),
        (2, "wrong_usage", ("person", "show", "\udcff\udcfe")),
        (2, "wrong_usage", ("prizes", "verify", "9" * 30)),
        (3, "unknown_person", ("person", "show", "")),
        (3, "unknown_lesson", ("mark", "--person", "001", "--lesson", "V99")),
        (3, "unknown_unit", ("report", "behind", "--unit", "nowhere")),
        (3, "unknown_unit", ("certificates", "issue", "--unit", "nowhere")),
        (3, "unknown_fact", ("withdraw", "0" * 64, "--reason", "x")),
        (3, "unknown_list", ("prizes", "show", "7")),
        (3, "unknown_certificate", ("certificates", "revoke", "X", "--reason", "x")),
        (3, "unknown_node", ("node", "revoke", "nobody")),
        (3, "unknown_node", ("pack", "make", "--for", "nobody", "--out", "never-written")),
        (3, "no_data_file", ("restore", "/nonexistent.sqlite", "--db", "/nonexistent-too.sqlite")),
        (5, "outside_camp", ("mark", "--person", "001", "--lesson", "V1", "--on", "2022-01-01")),
        (5, "outside_camp", ("mark", "--person", "001", "--lesson", "V1", "--on", "2999-01-01")),
        (5, "not_participating", ("person", "move", "001", "--to", "350527")),
        (5, "no_cut_off", ("prizes", "freeze")),
        (5, "refused_by_rule", ("person", "merge", "001", "001")),
    ],
)
def test_what_goes_wrong_has_its_code_and_reason_and_writes_nothing(program, code, reason, words):
    before = program.state()
    program.fails(code, reason, *words)
    assert program.state() == before
    ran = program(*words)
    assert (ran.code, ran.out) == (code, "")
    assert HAN.search(ran.err)


_EVERY = [("report", "units", "--by", "city"), ("rules", "show"), ("rules", "set", "ranking.length", "5"), ("verify",),
        ("rebuild",),
          ("state-hash",), ("backup", "--out", "never"), ("mark", "--person", "1", "--sign-in"), ("person", "show", "1"),
          ("person", "erase", "1", "--reason", "x"), ("withdraw", "x", "--reason", "x"), ("certificates", "issue"),
          ("certificates", "verify", "X"), ("prizes", "freeze"), ("prizes", "show", "1"), ("node", "list"),
          ("pack", "make", "--out", "never"), ("unit", "move", "S1", "--to", "S2")]  # fmt: skip


def test_the_data_file_is_named_before_the_command_or_behind_it(nothing, program):
    asked = ("state-hash",)
    there = program.json(*asked)
    assert nothing.json("--db", program.path, *asked) == nothing.json(*asked, "--db", program.path) == there
    assert nothing.json("--db", "/nonexistent.sqlite", *asked, "--db", program.path) == there
    nothing.fails(3, "no_data_file", "--db", "/nonexistent.sqlite", "state-hash")


@pytest.mark.parametrize("words", [each for each in ALL if each], ids=" ".join)
def test_every_command_takes_the_data_file_in_front(nothing, words):
    error = nothing.fails(2, "wrong_usage", "--db", "/nonexistent.sqlite", *words, "--no-such-option")
    assert "--no-such-option" in error["sentence"]


@pytest.mark.parametrize("words", _EVERY, ids=" ".join)
def test_without_a_data_file(nothing, words):
    assert "open" in nothing.fails(3, "no_data_file", *words)["hint"]
    assert not nothing.path.exists()


@pytest.mark.parametrize("words", _EVERY, ids=" ".join)
def test_with_a_file_that_is_none_of_ours(nothing, words):
    nothing.path.write_bytes(b"not ours" * 1000)
    nothing.fails(1, "damaged_data_file", *words)
    assert nothing.path.read_bytes() == b"not ours" * 1000


@pytest.mark.parametrize("words", [each for each in _EVERY if each[0] != "backup"], ids=" ".join)
def test_before_the_node_has_been_accepted_nothing_is_stored(nothing, tmp_path, words):
    nothing.json("node", "request", "--out", tmp_path / "request")
    before = nothing.state()
    ran = nothing(*words, "--json")
    assert (ran.code, ran.error["reason"]) == (5, "not_enrolled")
    assert nothing.state() == before


def test_before_the_node_has_been_accepted_nothing_is_imported(nothing, tmp_path):
    nothing.json("node", "request", "--out", tmp_path / "request")
    (tmp_path / "people.csv").write_text("编号,姓名,单位代码\n1,张三,S1\n", "utf-8")
    before = nothing.state()
    for kind in ("units", "people", "lessons", "marks", "likes"):
        nothing.fails(5, "not_enrolled", "import", kind, tmp_path / "people.csv")
    assert nothing.state() == before


def test_what_a_school_may_not_do(program, nothing, tmp_path):
    nothing.json("node", "request", "--out", tmp_path / "request")
    program.json("node", "enrol", tmp_path / "request", "--unit", "S1", "--out", tmp_path / "grant")
    nothing.json("node", "accept", tmp_path / "grant")
    nothing.json("mark", "--person", "001", "--sign-in", "--on", "2023-06-01")
    before = nothing.state()
    for words in (("rules", "set", "ranking.length", "1"), ("unit", "move", "S1", "--to", "350104"),
                  ("prizes", "freeze", "--at", "2023-06-01"), ("person", "join", "001", "--unit", "F1")):  # fmt: skip
        nothing.fails(4, "not_granted", *words)
    assert nothing.state() == before


@pytest.mark.parametrize(("family", "code", "status"), [(Trouble, 1, 500), (BadInput, 2, 422), (NotFound, 3, 404),
        (NotAllowed, 4, 403),
                                                        (Refused, 5, 409)])  # fmt: skip
def test_the_family_of_errors(family, code, status):
    problem = family("句子。", hint="怎么办。")
    assert isinstance(problem, CampError)
    assert (problem.exit_code, problem.status) == (code, status)
    assert problem.reason in REASONS
    with pytest.raises(ValueError, match="REASONS"):
        family("句子。", reason="just_so")


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_consoles_that_cannot_show_everything(program, encoding):
    program.json("person", "correct", "001", "--name", "𠮷䶮", "--reason", "改名")
    for words, code in ((("person", "show", "001"), 0), (("person", "show", "𠮷"), 3), (("--help",), 0)):
        process = started(program.path, *words, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
        out, err = process.communicate(timeout=30)
        assert process.returncode == code, err
        assert b"Traceback" not in err
        assert out or err


def test_a_reader_that_goes_away_is_no_disaster(program):
    process = started(program.path, "rules", "show")
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=30)
    assert b"Traceback" not in err


def test_spoiled_pages_are_told_of(program):
    content = bytearray(program.path.read_bytes())
    for at in range(8192, len(content), 4096):
        content[at : at + 64] = b"\xff" * 64
    program.path.write_bytes(content)
    for words in (("report", "units", "--by", "city"), ("verify",), ("mark", "--person", "001", "--sign-in")):
        program.fails(1, "damaged_data_file", *words)
