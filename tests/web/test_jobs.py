"""Work in the background: it goes on without its page, is its owner's alone, stops when asked, and owns up to being cut off."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from campmgr.areas.hours.actions.marks import MarkRow, mark_draft
from campmgr.errors import BadInput, Refused
from campmgr.facts.saying import say
from campmgr.ledger.envelope import subject
from campmgr.web.current import EXTENSION
from campmgr.web.jobs import Job, Jobs
from tests.kit.desk_story import DAY, post, school
from tests.kit.office import see


class Gate:
    """Work that waits at a gate, telling how far it is."""

    def __init__(self) -> None:
        self.begun, self.open = threading.Event(), threading.Event()

    def work(self, told: Callable[[int, int], None]) -> str:
        self.begun.set()
        told(40, 100)
        assert self.open.wait(60)
        told(100, 100)
        return "made"


def _nothing(told: Callable[[int, int], None]) -> None:
    """Work that is done at once."""


def _start(pages, work, who: str = "dora", to: str = "/desk/", name: str = "") -> Job:
    return _jobs(pages).start(pages.accounts[who].account, "导入名单", work, lambda _: to, clock=pages.clock, job=name)


def _jobs(pages) -> Jobs:
    return pages.app.extensions[EXTENSION].jobs


def test_a_page_shows_how_far_it_is_and_then_the_result(pages):
    gate = Gate()
    job = _start(pages, gate.work)
    assert gate.begun.wait(60)
    text = see(pages, f"/desk/jobs/{job.job}", "dora")
    assert ("40 / 100" in text, "every 1s" in text, 'http-equiv="refresh"' in text) == (True, True, True)
    gate.open.set()
    assert job.over.wait(60)
    text = see(pages, f"/desk/jobs/{job.job}", "dora")
    assert ("完成" in text, 'href="/desk/"' in text, "every 1s" in text) == (True, True, False)


def test_a_script_is_led_on_to_the_result(pages):
    job = _start(pages, _nothing)
    assert job.over.wait(60)
    answer = pages.browser("dora").get(f"/desk/jobs/{job.job}/state", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/desk/"


def test_jobs_come_one_after_the_other_and_nobody_sees_anothers(pages):
    first, second = Gate(), Gate()
    one, two = _start(pages, first.work), _start(pages, second.work, "jiao")
    assert first.begun.wait(60)
    assert not second.begun.is_set()
    assert "排队等候" in see(pages, f"/desk/jobs/{two.job}", "jiao")
    for path in (f"/desk/jobs/{one.job}", f"/desk/jobs/{one.job}/state"):
        assert pages.browser("jiao").get(path).status_code == 404
    assert post(pages, f"/desk/jobs/{one.job}/stop", "jiao").status_code == 404
    assert one.job not in see(pages, "/desk/jobs", "jiao")
    first.open.set()
    second.open.set()
    assert one.over.wait(60)
    assert two.over.wait(60)


def test_stopping_takes_back_what_was_begun(pages):
    (aya,) = school(pages, "阿雅")
    pages.browser("dora")  # logged in before, since the work holds the door
    gate = Gate()

    def work(told) -> None:
        with pages.store.writing(alone=True) as w:
            say(w, [mark_draft("3501-X1", subject("person", aya), MarkRow(DAY, lesson="V1", minutes=60), "", "b")])
            gate.work(told)

    job = _start(pages, work)
    assert gate.begun.wait(60)
    assert post(pages, f"/desk/jobs/{job.job}/stop").status_code == 303
    gate.open.set()
    assert job.over.wait(60)
    assert "已经写入的不会重复" in see(pages, f"/desk/jobs/{job.job}", "dora")
    with pages.store.reading() as r:
        assert r.value("select count(*) from marks") == 0


def test_a_failure_is_a_sentence_and_never_a_traceback(pages):
    def refuse(told) -> None:
        raise BadInput("这个文件是空的。", reason="empty_file", hint="请换一个。")

    def break_down(told) -> None:
        raise ZeroDivisionError("secret words")

    refused, broken = _start(pages, refuse), _start(pages, break_down)
    assert broken.over.wait(60)
    assert "这个文件是空的。" in see(pages, f"/desk/jobs/{refused.job}", "dora")
    text = see(pages, f"/desk/jobs/{broken.job}", "dora")
    assert ("代号" in text, "secret" in text, "Error" in text) == (True, False, False)


def test_after_a_restart_a_job_that_was_cut_off_says_so(pages):
    gate = Gate()
    job = _start(pages, gate.work)
    assert gate.begun.wait(60)
    account = pages.accounts["dora"].account
    assert Jobs().note(account, job.job).state == "lost"  # as another process finds it
    before, pages.app.extensions[EXTENSION].jobs = _jobs(pages), Jobs()
    assert "已经写入的不会重复" in see(pages, f"/desk/jobs/{job.job}", "dora")
    gate.open.set()
    before.close()


def test_a_job_that_was_cut_off_after_its_batch_was_written_is_done(pages):
    (aya,) = school(pages, "阿雅")
    gate = Gate()
    job = _start(pages, gate.work, name="b" * 32)
    assert gate.begun.wait(60)
    with pages.store.writing() as w:
        say(w, [mark_draft("3501-X1", subject("person", aya), MarkRow(DAY, lesson="V1", minutes=60), "", job.job)])
    before, pages.app.extensions[EXTENSION].jobs = _jobs(pages), Jobs()
    assert f"/desk/batches/{job.job}" in see(pages, f"/desk/jobs/{job.job}", "dora")
    gate.open.set()
    before.close()


def test_closing_stops_what_runs_and_takes_nothing_new(pages):
    gate = Gate()
    job = _start(pages, gate.work)
    assert gate.begun.wait(60)
    gate.open.set()
    closing = threading.Thread(target=_jobs(pages).close)
    closing.start()
    closing.join(60)
    assert job.over.is_set()
    assert job.state in {"lost", "done"}  # it may have passed the gate before it was asked
    with pytest.raises(Refused):
        _start(pages, gate.work)


def test_too_many_in_line_are_refused(pages):
    gate = Gate()
    _start(pages, gate.work)
    assert gate.begun.wait(60)
    for _ in range(5):
        _start(pages, _nothing)
    with pytest.raises(Refused):
        _start(pages, _nothing)
    _start(pages, _nothing, "jiao")
    gate.open.set()


def test_notes_and_files_of_yesterday_are_cleared_away(pages):
    job = _start(pages, _nothing)
    assert job.over.wait(60)
    (job.folder / "names.pdf").write_bytes(b"%PDF")
    pages.clock.move(days=2)
    assert _start(pages, _nothing).over.wait(60)
    assert not job.folder.exists()


def test_pages_answer_while_a_long_write_goes_on(pages):
    gate = Gate()

    def work(told) -> None:
        with pages.store.writing(alone=True):
            gate.work(told)

    see(pages, "/desk/", "dora")
    pages.clock.move(days=1)  # by now the browser's last visit would be noted anew
    job = _start(pages, work)
    assert gate.begun.wait(60)
    assert "40 / 100" in see(pages, f"/desk/jobs/{job.job}", "dora")
    gate.open.set()
