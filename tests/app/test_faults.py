"""Whatever happens to the machine: nothing acknowledged is lost, nothing is half done, and what went wrong is said in words."""

from __future__ import annotations

import ctypes
import json
import random
import resource
import shutil
import signal
import sqlite3
import sys
import threading
import time
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import Refused
from campmgr.facts import world as worlds
from campmgr.facts.checking import state_hash, verify_ledger
from campmgr.facts.drift import drifted_tables
from campmgr.facts.folding import rebuild
from campmgr.store import data_file
from tests.kit.desk_story import school
from tests.kit.pages import CHEAP, PASSWORD
from tests.kit.program import HAN, Program, started, write
from tests.kit.server_process import Served, serving

if sys.platform == "win32":
    pytest.skip("kills, limits and rights of Unix", allow_module_level=True)


@pytest.fixture
def code(program) -> str:
    """A code for joining, and an organizer who can log in."""
    with data_file.opened(program.path, CATALOGUE) as store, store.writing() as w:
        place = Place("organizer", worlds.load(w).root_unit)
        governing.open_account(w, NewAccount("root", "root", PASSWORD), place, cost=CHEAP)
        return make_join_code(w, "S1").code


def _join(served: Served, code: str, name: str) -> bool:
    """Whether joining was acknowledged."""
    typed = {"name": name, "kind": "学校师生", "consent": "1", "consent_version": "1", "client_id": name}
    try:
        return served.ask(f"/j/{code}/sent", typed)[0] == 303
    except OSError:
        return False


def _names(path: Path) -> set[str]:
    with data_file.opened(path, CATALOGUE) as store, store.reading() as r:
        assert verify_ledger(r).problems == ()
        return {row[0] for row in r.all("select name from people")}


def _is_whole(path: Path) -> None:
    with data_file.opened(path, CATALOGUE) as store:
        with store.reading() as r:
            assert verify_ledger(r).problems == ()
        assert drifted_tables(store) == ()


@pytest.mark.drawn(whole=80, usual=2)
def test_a_server_that_is_killed_has_kept_everybody_it_let_in(program, code, draws):
    dice, joined = random.Random(13), set()
    for turn in range(draws):
        with serving(program.path) as served:
            killer = threading.Timer(dice.uniform(0.05, 0.8), served.kill)
            for number in range(1000):
                if number == 1:  # a slow machine may not let in anybody before the first is killed
                    killer.start()
                name = f"人{turn}之{number}"
                if not _join(served, code, name):
                    break
                joined.add(name)
            killer.join()
        assert joined <= _names(program.path)
    assert joined
    _is_whole(program.path)


@pytest.mark.parametrize("verb", ["accept", "backup", "restore"])
@pytest.mark.drawn(whole=40, usual=2)
def test_a_verb_that_is_killed_is_done_as_far_as_it_came_or_not_begun(program, tmp_path, verb, draws):
    below, pack = _below(program, tmp_path)
    program.json("backup", "--out", tmp_path / "earlier.sqlite")
    before, dice = program.state(), random.Random(verb)
    first, whole = len(_people(below)), len(_people(_accepted(below, pack, tmp_path)))
    assert whole >= first + 400
    for turn in range(draws):
        target = tmp_path / f"{verb}{turn}.sqlite"
        words = {"accept": ["pack", "accept", pack], "backup": ["backup", "--out", target],
                 "restore": ["restore", tmp_path / "earlier.sqlite"]}[verb]  # fmt: skip
        path = program.path if verb == "backup" else target
        if verb == "accept":
            shutil.copy(below, path)
        process = started(path, *words)
        time.sleep(dice.uniform(0.2, 1.6))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if verb == "accept":
            assert first <= len(_people(path)) <= whole
            assert started(path, "pack", "accept", pack).communicate()[1] == b""  # the same again goes on with it
            assert len(_people(path)) == whole
            _is_whole(path)
        elif target.exists():
            _is_whole(target)
        assert program.state() == before


@pytest.mark.drawn(whole=40, usual=1)
def test_when_all_is_killed_at_once_each_goes_on_where_it_was(program, code, tmp_path, draws):
    """As when the power fails: somebody joins, a list and a pack come in, and a backup is made, all at that moment."""
    pack, dice, joined = _from_below(program, tmp_path), random.Random(40), set()
    people = write(tmp_path / "list.csv", [["编号", "姓名", "单位代码"], *([f"7{n:05d}", f"单{n}", "S1"] for n in range(600))])
    for turn in range(draws):
        with serving(program.path) as served:
            out = tmp_path / f"backup{turn}.sqlite"
            words = (["import", "people", people], ["pack", "accept", pack], ["backup", "--out", out])
            others = [started(program.path, *each) for each in words]
            ends = time.monotonic() + dice.uniform(0.5, 4)
            for number in range(1000):
                if time.monotonic() > ends:
                    break
                if _join(served, code, f"人{turn}之{number}"):
                    joined.add(f"人{turn}之{number}")
            for process in others:
                process.send_signal(signal.SIGKILL)
            served.kill()
            for process in others:
                process.communicate()
        assert joined <= _names(program.path)
        if out.exists():
            _is_whole(out)
    assert program.json("import", "people", people)["rejected"] == 0
    program.json("pack", "accept", pack)
    names = _names(program.path)
    assert names >= joined | {f"单{n}" for n in range(600)} | {f"包{n}" for n in range(300)}
    _is_whole(program.path)


def _from_below(program, folder: Path) -> Path:
    """A pack of three hundred people from a laptop that was enrolled for a school."""
    below = Program(folder / "under.sqlite", program.capture)
    below.json("node", "request", "--out", folder / "asked")
    program.json("node", "enrol", folder / "asked", "--unit", "S2", "--out", folder / "given")
    below.json("node", "accept", folder / "given")
    rows = [["编号", "姓名", "单位代码"], *([f"6{number:05d}", f"包{number}", "S2"] for number in range(300))]
    below.json("import", "people", write(folder / "under.csv", rows))
    below.json("pack", "make", "--out", folder / "under.pack")
    return folder / "under.pack"


def _below(program, folder: Path) -> tuple[Path, Path]:
    """The data file of a laptop that was enrolled, and a pack for it with four hundred people more."""
    below = Program(folder / "below.sqlite", program.capture)
    below.json("node", "request", "--out", folder / "request")
    program.json("node", "enrol", folder / "request", "--unit", "S1", "--out", folder / "grant")
    below.json("node", "accept", folder / "grant")
    rows = [["编号", "姓名", "单位代码"], *([f"9{number:05d}", f"人{number}", "S1"] for number in range(400))]
    program.json("import", "people", write(folder / "more.csv", rows))
    with data_file.opened(below.path, CATALOGUE) as store, store.reading() as r:
        node = worlds.load(r).trust.node_of(r.meta("writer"))
    program.json("pack", "make", "--for", node, "--out", folder / "more.pack")
    return below.path, folder / "more.pack"


def _accepted(below: Path, pack: Path, folder: Path) -> Path:
    path = Path(shutil.copy(below, folder / "accepted.sqlite"))
    assert started(path, "pack", "accept", pack).communicate()[1] == b""
    return path


def _people(path: Path) -> list[tuple[object, ...]]:
    with data_file.opened(path, CATALOGUE) as store, store.reading() as r:
        assert verify_ledger(r).problems == ()
        return r.all("select person from people")


VERBS = {
    "open": ["open", "--preset", "camp", "--db", "{new}"], "units": ["import", "units", "{units}"],
    "people": ["import", "people", "{people}"], "marks": ["import", "marks", "{marks}"], "likes": ["import", "likes", "{likes}"],
    "mark": ["mark", "--person", "002", "--lesson", "V8", "--on", "2023-06-02"],
    "erase": ["person", "erase", "001", "--reason", "撤回"],
    "rules": ["rules", "set", "certificate.required_hundredths", "700", "--reason", "改"], "rebuild": ["rebuild"],
    "accept": ["pack", "accept", "{pack}", "--db", "{below}"],
    "make": ["pack", "make", "--out", "{out}.pack"], "backup": ["backup", "--out", "{out}.sqlite"],
    "restore": ["restore", "{earlier}", "--db", "{new}"], "issue": ["certificates", "issue"],
    "poster": ["poster", "--unit", "S1", "--out", "{out}.pdf"], "verify": ["verify"], "doctor": ["doctor"],
    "report": ["report", "behind", "--unit", "S1"],
}  # fmt: skip


@pytest.mark.parametrize("verb", VERBS)
def test_on_a_full_disk_each_verb_says_so_and_leaves_the_file_whole(prepared, verb):
    program, places = prepared
    words = [word.format(**places) for word in VERBS[verb]]
    before = program.state()
    ran = started(program.path, *words, preexec_fn=_no_room)
    out, err = (each.decode() for each in ran.communicate())
    assert ran.returncode in {0, 1, 5}, out + err
    assert "Traceback" not in out + err
    if ran.returncode:
        assert HAN.search(err)
        assert program.state() == before
    assert not Path(places["new"]).exists() or program.__class__(Path(places["new"]), program.capture).json("verify")["ok"]
    for path in (program.path, Path(places["below"])):
        _is_whole(path)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A folder for what is made at the first verb and copied for the others."""
    return tmp_path_factory.mktemp("made")


@pytest.fixture
def prepared(program, made, tmp_path) -> tuple[Program, dict[str, str]]:
    """A camp, and the files that verbs name, in a folder of their own."""
    if not any(made.iterdir()):
        _fill(Program(Path(shutil.copy(program.path, made / "camp.sqlite")), program.capture), made)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    names = {"below": "below.sqlite", "earlier": "earlier.sqlite", "new": "new/camp.sqlite", "out": "out", "pack": "more.pack"}
    names |= {table: f"{table}.csv" for table in ("people", "units", "marks", "likes")}
    return Program(tmp_path / "camp.sqlite", program.capture), {word: str(tmp_path / name) for word, name in names.items()}


def _fill(program: Program, folder: Path) -> None:
    people = [["编号", "姓名", "单位代码"], *([f"8{number:05d}", f"人{number}", "S1"] for number in range(300))]
    units = [["代码", "名称", "上级代码", "类别"], *([f"Z{number}", f"小学{number}", "350102", "学校"] for number in range(300))]
    marks = [
        ["参与者编号", "课程编号", "日期"],
        *([f"00{1 + number % 3}", "V1", f"2023-06-{1 + number:02d}"] for number in range(28)),
    ]
    likes = [["作品链接", "点赞数"], *([f"https://example.org/{number}", str(number)] for number in range(300))]
    for name, rows in {"people": people, "units": units, "marks": marks, "likes": likes}.items():
        write(folder / f"{name}.csv", rows)
    _below(program, folder)
    program.json("backup", "--out", folder / "earlier.sqlite")


def _no_room() -> None:
    """No file grows beyond what a log's index takes: as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (32768, 32768))


def test_on_a_full_disk_people_read_log_in_and_are_told(program, code):
    with serving(program.path) as served:
        assert _join(served, code, "先来的")
        resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (0, 0))
        assert not _join(served, code, "后来的")
        status, text, _ = served.ask(
            f"/j/{code}/sent", {"name": "后来的", "kind": "学校师生", "consent": "1", "consent_version": "1"}
        )
        assert status == 500
        assert HAN.search(text)
        status, leads, cookie = served.ask("/login", {"login": "root", "password": PASSWORD})
        assert (status, leads) == (303, "/office/")
        assert served.ask("/office/", cookie=cookie)[0] == 200
        assert served.ask("/login", {"login": "root", "password": "wrong"})[0] == 422
        assert served.ask("/")[0] == 200
    assert {"先来的"} <= _names(program.path)
    assert "后来的" not in _names(program.path)
    _is_whole(program.path)


def obey_rights() -> None:
    """Even root keeps to what a folder says: without the right to override, for good (capabilities of Linux)."""
    for right in (1, 2):
        ctypes.CDLL(None).prctl(24, right, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="capabilities of Linux")
@pytest.mark.parametrize(
    "words", [["mark", "--person", "002", "--lesson", "V8"], ["person", "show", "001"], ["serve", "--port", "0"]]
)
def test_in_a_folder_that_is_read_only_everything_is_said_in_words(program, tmp_path, words):
    folder = tmp_path / "只读"
    folder.mkdir()
    path = Path(shutil.copy(program.path, folder / "camp.sqlite"))
    path.chmod(0o400)
    folder.chmod(0o500)
    ran = started(path, *words, preexec_fn=obey_rights)
    try:
        out, err = (each.decode() for each in ran.communicate(timeout=30))
    finally:
        ran.kill()
        folder.chmod(0o700)
    assert "Traceback" not in out + err
    assert ran.returncode == 1, out + err
    assert HAN.search(err)


@pytest.mark.drawn(whole=120, usual=4)
def test_a_file_damaged_anywhere_is_found_or_harmless_and_never_a_traceback(program, tmp_path, draws):
    program.json("backup", "--out", tmp_path / "whole.sqlite")
    data, dice = (tmp_path / "whole.sqlite").read_bytes(), random.Random(6)
    found = 0
    for turn in range(draws):
        path = tmp_path / f"damaged{turn}.sqlite"
        place, length = dice.randrange(len(data)), (8 * 4096, 1, 16, 4096)[turn % 4]  # eight pages never lie all in what is free
        path.write_bytes(data[:place] + bytes(dice.randrange(256) for _ in range(length)) + data[place + length :])
        damaged = Program(path, program.capture)
        for words in (["verify"], ["person", "show", "001"], ["doctor"]):
            ran = damaged(*words)
            assert ran.code in {0, 1, 3, 5}, (place, length, ran)
            assert "Traceback" not in ran.out + ran.err
            assert "faults.log" not in ran.err, (place, length, words, ran)
            found += ran.code == 1 and words == ["verify"]
        for left in tmp_path.glob(f"{path.name}*"):
            left.unlink()
    assert found


@pytest.mark.parametrize(
    "harm",
    [
        "update facts set clock = -7 * 1000000000000000000",
        "update facts set happened_on = '2023-13-45'",
        "update meta set value = '99999999999999999999' where key = 'clock_own'",
        "update meta set value = cast(x'ff9d' as text) where key = 'clock_own'",
        "pragma writable_schema = on; update sqlite_master set sql = cast(x'9d63726561746520' as text) where name = 'people'",
    ],
)
def test_what_a_damaged_file_says_of_time_and_of_itself_is_no_fault_of_the_program(program, harm):
    with closing(sqlite3.connect(program.path)) as file:
        file.executescript(harm)
    for words in (["verify"], ["doctor"]):
        ran = program(*words)
        assert ran.code in {0, 1}
        assert "faults.log" not in ran.err, ran


def test_a_clock_that_steps_over_years_loses_nothing(pages):
    aya, _ = school(pages, "阿雅", "巴迪")
    for days in (3650, -7300, 3650, -1, 40000, -40000):
        pages.clock.move(days=days)
        with pages.store.writing() as w, suppress(Refused):  # a day that is still to come
            mark(w, "3501-X1-阿雅", MarkRow("2023-06-05", "V1", minutes=1 + abs(days) % 50))
        assert pages.browser("nobody").get("/").status_code == 200
    with pages.store.writing() as w:
        assert verify_ledger(w).problems == ()
        before = state_hash(w)
        rebuild(w)
        assert state_hash(w) == before
        assert w.value("select count(*) from marks where person = :aya", aya=aya) >= 1


def test_two_servers_on_one_file_lose_nobody(program, code):
    names: set[str] = set()

    def come(served: Served, way: int) -> None:
        for number in range(15):
            if _join(served, code, f"人{way}之{number}"):
                names.add(f"人{way}之{number}")

    with ExitStack() as stack:
        both = [stack.enter_context(serving(program.path)) for _ in range(2)]
        threads = [threading.Thread(target=come, args=(both[way % 2], way)) for way in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert len(names) == 60
    assert names <= _names(program.path)
    _is_whole(program.path)


def test_a_port_in_use_is_said_in_words(program):
    with serving(program.path) as served:
        port = served.address.rpartition(":")[2]
        ran = started(program.path, "serve", "--port", port)
        out, err = ran.communicate(timeout=30)
        assert (ran.returncode, out) == (1, b"")
        assert "--port" in err.decode()


def test_a_file_of_a_newer_program_is_left_alone(program):
    with closing(sqlite3.connect(program.path)) as file:
        file.execute("pragma user_version = 99")
    bytes_before = program.path.read_bytes()
    for words in (["verify"], ["doctor"], ["serve"], ["backup", "--out", program.path.with_name("out.sqlite")]):
        told = json.loads(started(program.path, *words, *(["--json"] if words != ["serve"] else [])).communicate()[0] or b"{}")
        assert not told or told["error"]["reason"] == "newer_data_file"
    assert program.path.read_bytes() == bytes_before
