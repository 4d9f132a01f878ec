"""`doctor` and `verify` find a flipped bit, a file that lacks something, open rights; nobody believes a clock that is wrong."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from campmgr.areas.whole import CATALOGUE
from campmgr.clock import FixedClock
from campmgr.errors import Refused
from campmgr.facts import wall
from campmgr.facts.wall import believed_today, clock_doubt
from campmgr.store import data_file
from tests.kit.desk_story import school
from tests.kit.program import REPOSITORY, started, write


def test_all_is_well(program):
    found = program.json("doctor")
    assert {found[each] for each in ("integrity", "tables", "copying", "clock", "access")} == {"ok"}
    assert program.json("verify")["ok"]


@pytest.mark.parametrize(
    ("table", "key", "change"), [("people", "person", "name = name || '。'"), ("units", "unit", "name = name || '。'")]
)
def test_a_bit_flipped_in_a_table_is_found_and_a_rebuild_mends_it(program, table, key, change):
    with sqlite3.connect(program.path) as file:
        file.execute(f"update {table} set {change} where {key} = (select max({key}) from {table})")  # noqa: S608 - our own words
    file.close()
    checked = program("verify", "--json")
    assert (checked.code, checked.data["ok"]) == (1, False)
    assert "campmgr rebuild" in checked.data["problems"][0]
    assert table in program("doctor", "--json").data["tables"]
    program("rebuild")
    assert program.json("verify")["ok"]
    assert program.json("doctor")["tables"] == "ok"


def test_a_file_copied_before_all_was_in_it_is_told_so(program, tmp_path):
    shutil.copy(program.path, tmp_path / "early.sqlite")
    program.json("mark", "--person", "001", "--follow", "--on", "2023-06-01")
    early = program.__class__(tmp_path / "early.sqlite", program.capture)
    told = early("verify", "--json")
    assert told.code == 1
    assert str(program.path) in told.data["problems"][0]
    assert "少 1 条记录" in early("doctor").out
    program.json("pack", "make", "--out", tmp_path / "all.pack")
    early.json("pack", "accept", tmp_path / "all.pack")
    assert early.json("verify")["ok"]


def test_a_copy_on_another_machine_hears_from_its_neighbour_what_it_lacks(program, tmp_path, monkeypatch):
    below = program.__class__(tmp_path / "below.sqlite", program.capture)
    below.json("node", "request", "--out", tmp_path / "request")
    program.json("node", "enrol", tmp_path / "request", "--unit", "S1", "--out", tmp_path / "grant")
    below.json("node", "accept", tmp_path / "grant")
    shutil.copy(below.path, tmp_path / "copied.sqlite")
    below.json(
        "import",
        "people",
        write(tmp_path / "few.csv", [["编号", "姓名", "单位代码"], ["801", "钱一", "S1"], ["802", "钱二", "S1"]]),
    )
    below.json("pack", "make", "--out", tmp_path / "below.pack")
    program.json("pack", "accept", tmp_path / "below.pack")
    program.json("pack", "make", "--out", tmp_path / "above.pack")

    monkeypatch.setenv("CAMPMGR_STATE", str(tmp_path / "another machine"))
    copied = program.__class__(tmp_path / "copied.sqlite", program.capture)
    assert copied.json("verify")["ok"]  # nobody there can know
    taken = copied("pack", "accept", tmp_path / "above.pack")
    assert "较早的备份" in taken.err
    for told in (copied("verify").out, copied("doctor").out, copied("review", "list").out):
        assert "数据包补回了" in told
        assert "找到原来那份数据文件" in told
    assert {each["name"] for each in copied.json("report", "behind", "--unit", "S1")["rows"]} >= {"钱一", "钱二"}
    copied.json("pack", "accept", tmp_path / "above.pack")
    row = copied.json("review", "list")["rows"][0]
    copied.json("review", "settle", row["row"], "seen")
    assert copied.json("verify")["ok"]


def test_a_copy_that_gets_the_pack_of_its_original_lacks_nothing_any_more(program, tmp_path, monkeypatch):
    below = program.__class__(tmp_path / "below.sqlite", program.capture)
    below.json("node", "request", "--out", tmp_path / "request")
    program.json("node", "enrol", tmp_path / "request", "--unit", "S1", "--out", tmp_path / "grant")
    below.json("node", "accept", tmp_path / "grant")
    shutil.copy(below.path, tmp_path / "copied.sqlite")
    for number in (801, 802):
        below.json(
            "import", "people", write(tmp_path / f"{number}.csv", [["编号", "姓名", "单位代码"], [number, f"钱{number}", "S1"]])
        )
        below.json("pack", "make", "--out", tmp_path / f"{number}.pack")
    program.json("pack", "accept", tmp_path / "801.pack")
    program.json("pack", "make", "--out", tmp_path / "above.pack")
    monkeypatch.setenv("CAMPMGR_STATE", str(tmp_path / "another machine"))
    copied = program.__class__(tmp_path / "copied.sqlite", program.capture)
    copied.json("pack", "accept", tmp_path / "above.pack")
    assert copied("verify").code == 1
    copied.json("pack", "accept", tmp_path / "802.pack")
    assert copied.json("verify")["ok"]
    assert "较早的备份" not in copied("doctor").out


@pytest.mark.skipif(sys.platform == "win32", reason="rights of Unix")
def test_what_the_program_makes_is_its_users_alone(program, tmp_path):
    program.path.chmod(0o644)
    assert "可读" in program("doctor").out
    os.umask(0o022)
    program("backup", "--out", tmp_path / "backup.sqlite")
    program("pack", "make", "--out", tmp_path / "all.pack")
    for words in (["open", "--preset", "camp"], ["import", "units", write(tmp_path / "units.csv", [["代码", "名称"]])]):
        started(tmp_path / "new" / "camp.sqlite", *words).communicate()
    made = [*tmp_path.glob("*.pack"), tmp_path / "backup.sqlite", tmp_path / "new", tmp_path / "new" / "camp.sqlite"]
    assert [stat.S_IMODE(each.stat().st_mode) & 0o077 for each in made] == [0] * 4


def _at(path: Path, when: str):
    return data_file.opened(path, CATALOGUE, FixedClock(when))


@pytest.fixture
def learned(pages):
    """A camp in June 2023 with marks of its days."""
    school(pages, "阿雅", "巴迪")
    return pages


@pytest.mark.parametrize(("when", "doubted", "refused"), [
    ("2010-01-01T08:00", "早于已有的记录", True),
    ("2023-06-09T08:00", "早于已有的记录", True),
    ("2023-06-10T23:00", "", False),
    ("2023-07-20T08:00", "", False),
    ("2023-12-01T08:00", "晚很久", False),
    ("2099-01-01T08:00", "晚很久", True),
])  # fmt: skip
def test_a_day_that_does_not_fit_what_is_recorded_is_doubted(learned, when, doubted, refused):
    with _at(learned.store.path, when) as store, store.reading() as r:
        assert doubted in clock_doubt(r)
        assert bool(clock_doubt(r)) == bool(doubted)
        if not refused:
            assert believed_today(r) == when[:10]
            return
        with pytest.raises(Refused, match="本机时间是") as told:
            believed_today(r)
        assert told.value.reason == "doubtful_clock"
        assert believed_today(r, "2023-07-01") == "2023-07-01"


def test_everyone_who_works_here_sees_it_on_every_page(learned):
    learned.clock.move(days=400)
    for path in ("/desk/", "/desk/units/3501-X1/people", "/account"):
        assert "请先校准这台电脑的日期" in learned.browser("dora").get(path).text
    assert "校准" not in learned.browser().get("/").text
    with learned.store.writing() as w:
        w.set_meta("nothing", "of importance")
    learned.store.memory.pop(wall.__name__, None)
    assert "请先校准" in learned.browser("dora").get("/desk/").text


def test_a_certificate_is_not_dated_by_a_dead_battery(program):
    program.json("mark", "--person", "001", "--lesson", "V8", "--on", "2023-06-02")
    program.json("mark", "--person", "001", "--sign-in", "--on", "2023-06-02")
    env = {"CAMPMGR_STATE": os.environ["CAMPMGR_STATE"]}
    code = "import sys, time; time.time = lambda: 1262304000.0\nfrom campmgr.app.commands import main; main(sys.argv[1:])"
    ran = _run_with(code, program.path, env, "certificates", "issue", "--json")
    assert ran[0] == 5
    assert "doubtful_clock" in ran[1]
    assert "--on" in ran[1]
    ran = _run_with(code, program.path, env, "certificates", "issue", "--on", "2023-07-01", "--json")
    assert ran[0] == 0, ran
    (number,) = json.loads(ran[1])["numbers"]
    assert program.json("certificates", "verify", number)["issued_on"] == "2023-07-01"


def _run_with(code, path, env, *words) -> tuple[int, str]:
    told = os.environ | env | {"CAMPMGR_DB": str(path), "PYTHONPATH": str(REPOSITORY)}
    ran = subprocess.run([sys.executable, "-c", code, *words], env=told, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout


def test_a_clock_is_asked_once_a_day(learned):
    with _at(learned.store.path, "2023-06-10T23:00") as store, store.reading() as r:
        clock_doubt(r)
        before, began = r.queries, time.monotonic()
        clock_doubt(r)
        assert r.queries <= before + 1
        assert time.monotonic() - began < 1
