"""A long import goes in by runs: others read and write beside it, what was cut off is gone on with, nothing is said twice."""

from __future__ import annotations

import re
import threading

import pytest

from campmgr.areas.people.actions.import_people import PeoplePlanner
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import Refused
from campmgr.facts.importing import nobody_watches
from campmgr.facts.streaming import DoneRows, say_rows, try_rows
from campmgr.facts.under_way import all_under_way
from campmgr.files.imports.importing import Options, import_file
from campmgr.store.door import Store
from campmgr.web.jobs import Stopped
from tests.kit.desk_story import DESK, UNIT, post, school
from tests.kit.office import see, send
from tests.kit.pages import OWN

_MANY = 600


def _sheet(path, count=_MANY, extra=""):
    path.write_text("编号,姓名\n" + "".join(f"N{n:05d},人{n}\n" for n in range(count)) + extra, "utf-8")
    return path


def _numbers(store) -> list[str]:
    with store.reading() as r:
        return [row[0] for row in r.all("select number from people where number like 'N%' order by number")]


def _batches(store) -> set[str]:
    with store.reading() as r:
        return {row[0] for row in r.all("select distinct batch from facts where kind = 'person_registered' and batch is not null")}


def _nothing_kept(w, counts, row) -> None:
    del w, counts, row


def _stop_after(rows: int):
    def told(done: int, whole: int) -> None:
        del whole
        if done >= rows:
            raise Stopped

    return told


def test_pages_answer_and_people_join_while_a_file_goes_in(pages, tmp_path):
    school(pages)
    with pages.store.writing() as w:
        code = make_join_code(w, UNIT).code
    pages.browser("dora").get(f"{DESK}/")
    begun, result = threading.Event(), []

    def told(done: int, whole: int) -> None:
        del done, whole
        begun.set()

    def work() -> None:
        result.append(import_file(pages.store, "people", _sheet(tmp_path / "a.csv", 2000), Options(unit=UNIT), told))

    importing = threading.Thread(target=work)
    importing.start()
    assert begun.wait(60)
    joined = 0
    while importing.is_alive() and joined < 40:
        typed = {"name": f"来人{joined}", "kind": "学校师生", "consent": "1", "consent_version": "1", "client_id": f"j{joined}"}
        assert pages.browser().post(f"/j/{code}/sent", data=typed, headers=OWN).status_code == 303
        assert pages.browser("dora").get("/desk/").status_code == 200
        joined += 1
    importing.join(120)
    assert result[0].counts.new == 2000
    assert joined >= 5
    with pages.store.reading() as r:
        assert r.value("select count(*) from people where name like '来人%'") == joined
    assert len(_numbers(pages.store)) == 2000


def test_what_was_cut_off_says_where_and_the_same_file_goes_on_under_the_same_batch(pages, tmp_path):
    school(pages)
    path = _sheet(tmp_path / "a.csv")
    with pytest.raises(Stopped):
        import_file(pages.store, "people", path, Options(unit=UNIT), _stop_after(1))
    with pages.store.reading() as r:
        (cut_off,) = all_under_way(r)
    there = len(_numbers(pages.store))
    assert 0 < there == cut_off.new == cut_off.row - 1 < _MANY
    assert not cut_off.is_going_on
    done = import_file(pages.store, "people", path, Options(unit=UNIT))
    assert (done.batch, done.resumed_after, done.counts.new, done.counts.unchanged) == (cut_off.batch, cut_off.row, _MANY, 0)
    assert _batches(pages.store) == {cut_off.batch}
    with pages.store.reading() as r:
        assert all_under_way(r) == []
    assert import_file(pages.store, "people", path, Options(unit=UNIT)).counts.unchanged == _MANY


def test_an_import_that_was_stopped_in_the_browser_is_gone_on_with_there(pages, tmp_path, monkeypatch):
    school(pages)
    data = _sheet(tmp_path / "a.csv").read_bytes()
    shown = send(pages, f"{DESK}/import/preview", "dora", kind="people", file=(data, "名单.csv"))
    form = next(one for one in re.findall(r"<form.*?</form>", shown.text, re.DOTALL) if f'action="{DESK}/import/commit"' in one)
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    held = threading.Event()

    def slowly(store, kind, path, options, told):
        told = told if held.is_set() else _stop_after(1)
        held.set()
        return import_file(store, kind, path, options, told)

    monkeypatch.setattr("campmgr.desks.pages.import_flow.import_file", slowly)
    answer = post(pages, f"{DESK}/import/commit", **fields)
    job = see(pages, answer.location, "dora")
    assert "已停止" in job
    batch = re.search(r'href="(/desk/batches/[^"]+)"[^>]*>查看停在哪里', job)
    assert batch
    assert "停在第" in see(pages, "/desk/batches", "dora")
    assert "合计可能只含其中一部分" in see(pages, "/desk/", "dora")
    page = see(pages, batch[1], "dora")
    assert "停在第" in page
    again = next(one for one in re.findall(r"<form.*?</form>", page, re.DOTALL) if "继续导入" in one)
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', again))
    answer = post(pages, f"{DESK}/import/commit", **fields)
    assert answer.location.split("?")[0] == batch[1]
    assert f"已导入 {_MANY} 行" in see(pages, answer.location, "dora")
    assert len(_numbers(pages.store)) == _MANY
    assert "合计可能只含其中一部分" not in see(pages, "/desk/", "dora")


def test_a_batch_that_is_taken_back_in_the_middle_goes_no_further(pages, tmp_path):
    school(pages)
    path = _sheet(tmp_path / "a.csv", 2000)

    def told(done: int, whole: int) -> None:
        del done, whole
        (batch,) = _batches(pages.store)
        post(pages, f"/desk/batches/{batch}/undo", reason="导错了")

    pages.browser("dora")
    with pytest.raises(Refused, match="撤回"):
        import_file(pages.store, "people", path, Options(unit=UNIT, actor=pages.accounts["dora"].actor), told)
    assert _numbers(pages.store) == []
    done = import_file(pages.store, "people", path, Options(unit=UNIT, actor=pages.accounts["dora"].actor))
    assert (done.counts.new, done.resumed_after) == (2000, None)
    assert len(_numbers(pages.store)) == 2000


def test_a_file_that_goes_lesson_by_lesson_is_told_in_its_own_order(pages, tmp_path):
    school(pages, *(f"人{n}" for n in range(150)))
    days = [f"2023-06-0{day}" for day in range(1, 6)]
    lines = [f"人{n},V1,20,{day}" for day in days for n in range(150)] + [f"外人{day},V1,20,{day}" for day in days]
    path = tmp_path / "m.csv"
    path.write_text("\n".join(["姓名,课程编号,分钟,日期", *lines[::-1]]) + "\n", "utf-8")
    counts = import_file(pages.store, "marks", path, Options(unit=UNIT)).counts
    assert (counts.new, counts.rejected) == (750, 5)
    assert [each.row for each in counts.rejects] == [2, 3, 4, 5, 6]
    assert [each.row for each in counts.differences] == sorted(each.row for each in counts.differences)


def test_strict_decides_before_anything_is_written_and_trying_waits_for_nobody(pages, tmp_path):
    school(pages)
    path = _sheet(tmp_path / "a.csv", extra="坏行,\n")
    with pages.store.reading() as r:
        before = r.value("select count(*) from facts")
    other = Store(pages.store.path, CATALOGUE, pages.clock)
    with other.writing(alone=True):  # somebody writes for as long as they like
        tried = import_file(pages.store, "people", path, Options(unit=UNIT, dry_run=True))
        refused = import_file(pages.store, "people", path, Options(unit=UNIT, strict=True))
    other.close()
    assert (tried.counts.new, tried.counts.rejected, tried.batch) == (_MANY, 1, None)
    assert (refused.counts.rejected, refused.batch) == (1, None)
    with pages.store.reading() as r:
        assert r.value("select count(*) from facts") == before


class _Overtaken(PeoplePlanner):
    """Between its first planning and its saying somebody else writes."""

    def __init__(self, store, says) -> None:
        super().__init__("b", "", UNIT)
        self._store, self._says = store, says

    def prepare(self, r, rows) -> None:
        super().prepare(r, rows)
        if self._says:
            say, self._says = self._says, None
            other = Store(self._store.path, CATALOGUE, self._store.clock)
            with other.writing() as w:
                say(w)
            other.close()


@pytest.mark.parametrize(("phone", "state"), [("", "unchanged"), ("13800000000", "changed")])
def test_whoever_is_entered_between_planning_and_saying_is_not_entered_twice(pages, phone, state):
    school(pages)
    planner = _Overtaken(pages.store, lambda w: register(w, Registration(UNIT, "阿雅", number="N1")))
    row = Registration(UNIT, "阿雅", number="N1", phone=phone)
    counts = say_rows(pages.store, planner, [(2, row)], _nothing_kept, DoneRows())
    assert (getattr(counts, state), counts.new, _numbers(pages.store)) == (1, 0, ["N1"])


def test_trying_and_doing_come_to_the_same(pages):
    school(pages)
    rows = [(n, Registration(UNIT, f"人{n % 450}", number="" if n % 3 else f"N{n}")) for n in range(2, 900)]
    tried = try_rows(pages.store, PeoplePlanner("b", "", UNIT), rows, nobody_watches)
    done = say_rows(pages.store, PeoplePlanner("b", "", UNIT), rows, _nothing_kept, DoneRows())
    assert (tried.new, tried.changed, tried.unchanged, tried.rejected) == (done.new, done.changed, done.unchanged, done.rejected)
    assert tried.rejects == done.rejects


def test_who_has_to_wait_too_long_is_told_when_to_try_again(pages):
    school(pages)
    with pages.store.writing() as w:
        code = make_join_code(w, UNIT).code
    typed = {"name": "林小明", "kind": "学校师生", "consent": "1", "consent_version": "1", "client_id": "x"}
    pages.browser("dora")
    other = Store(pages.store.path, CATALOGUE, pages.clock)
    with other.writing(alone=True):
        answer = pages.browser().post(f"/j/{code}/sent", data=typed, headers=OWN)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "3")
        assert "还没有保存" in answer.text
        repeated = dict(re.findall(r'<textarea name="([^"]+)" hidden>\n([^<]*)</textarea>', answer.text))
        assert repeated == typed
        assert pages.browser("dora").get("/desk/").status_code == 200
    other.close()
    assert pages.browser().post(f"/j/{code}/sent", data=repeated, headers=OWN).status_code == 303


@pytest.mark.parametrize(("first_waits", "row"), [(False, 1001), (True, 1)])
def test_a_table_of_units_goes_on_where_it_was_cut_off(pages, tmp_path, first_waits, row):
    below = [f"N{n},村{n},350102,村" for n in range(1100)]
    lines = ["W1,等上级的村,T1,村", *below, "T1,镇,350102,乡"] if first_waits else [*below, "T1,镇,350102,乡", "W1,村,T1,村"]
    path = tmp_path / "units.csv"
    path.write_text("\n".join(["代码,名称,上级代码,类别", *lines]) + "\n", "utf-8")
    with pytest.raises(Stopped):
        import_file(pages.store, "units", path, Options(), _stop_after(1))
    with pages.store.reading() as r:
        (cut_off,) = all_under_way(r)
        there = r.value("select count(*) from units where code like 'N%'")
    assert (cut_off.row, cut_off.new, there) == (row, 1000, 1000)
    done = import_file(pages.store, "units", path, Options())
    assert (done.batch, done.resumed_after, done.counts.new, done.counts.unchanged) == (cut_off.batch, row, 1102, 0)
    with pages.store.reading() as r:
        assert all_under_way(r) == []
        assert r.value("select count(*) from units where code like 'N%' or code in ('T1', 'W1')") == 1102
