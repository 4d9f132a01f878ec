"""The log of a meeting: several rows a person become one mark, clipped to the lesson; who nobody knows waits to be explained."""

from __future__ import annotations

import re

import pytest

from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.local import session_names, waiting_sessions
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions.people import Registration, register
from campmgr.errors import BadInput, NotFound
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.files.imports.importing import Options, import_file
from tests.kit.desk_story import DESK, UNIT, post, school, undone
from tests.kit.office import see, send

LOG = """用户昵称（入会昵称）,姓名,学号,手机号,入会时间,退会时间,在会时长
家长1,阿雅,N1,,2023-06-05 18:50:00,2023-06-05 19:20:00,00:30:00
家长1,阿雅,N1,,2023-06-05 19:30:00,2023-06-05 20:10:00,00:40:00
家长1,阿雅,N1,,2023-06-05 19:35:00,2023-06-05 19:50:00,00:15:00
b,,,13800000002,2023-06-05 19:00-19:45,,
c,老甲,,,2023-06-05 18:00:00,2023-06-05 18:40:00,00:40:00
三班-小明妈妈,,,,45082.79166666667,45082.8125,
"""


@pytest.fixture
def camp(pages):
    school(pages)
    with pages.store.writing() as w:
        describe_lesson(w, Lesson("Z1", "直播第一课", 100, 60, "科普直播", "家庭", starts_at="2023-06-05T11:00:00Z"))
        describe_lesson(w, Lesson("Z2", "没说几点", 100, 60, "科普视频", "家庭"))
        for name, number, phone in (("阿雅", "N1", ""), ("巴迪", "N2", "13800000002"), ("老甲", "N3", ""), ("小明", "N4", "")):
            register(w, Registration(UNIT, name, number, phone=phone))
    return pages


def _import(camp, tmp_path, text, lesson="Z1", **more):
    path = tmp_path / "log.csv"
    path.write_text(text, "utf-8")
    return import_file(camp.store, "sessions", path, Options(unit=UNIT, lesson=lesson, **more))


def _marks(camp, lesson="Z1") -> list[tuple[str, str, int]]:
    sql = "select p.name, m.day, m.minutes from marks m join people p on p.person = m.person where m.lesson = :lesson order by 1, 2"
    with camp.store.reading() as r:
        return r.all(sql, lesson=lesson)


def _waiting(camp) -> int:
    with camp.store.reading() as r:
        return len(waiting_sessions(r, find_unit(worlds.load(r), UNIT).unit))


def test_rows_are_united_clipped_and_credited_once(camp, tmp_path):
    done = _import(camp, tmp_path, LOG)
    assert _marks(camp) == [("巴迪", "2023-06-05", 45), ("阿雅", "2023-06-05", 50)]
    counts = done.counts
    assert (counts.rows, counts.new, counts.rejected) == (6, 4, 2)
    assert {(each.row, each.reason) for each in counts.rejects} == {(6, "outside_lesson"), (7, "unknown_person")}
    (gap,) = counts.notes
    assert (gap.reason, "19:00–19:20、19:30–20:00" in gap.sentence, "10 分钟" in gap.sentence) == ("gap", True, True)
    again = _import(camp, tmp_path, LOG).counts
    assert (again.new, again.unchanged, again.rejected) == (0, 4, 2)


def test_nothing_is_written_by_trying_and_all_of_it_is_taken_back_by_one_batch(camp, tmp_path):
    tried = _import(camp, tmp_path, LOG, dry_run=True)
    assert (tried.counts.new, tried.batch, _marks(camp)) == (4, None, [])
    assert _waiting(camp) == 0
    done = _import(camp, tmp_path, LOG, actor=camp.accounts["dora"].actor)
    assert _waiting(camp) > 0
    assert post(camp, f"/desk/batches/{done.batch}/undo", reason="导错了").status_code == 303
    assert _marks(camp) == []
    assert _waiting(camp) == 0


def test_a_nickname_waits_is_explained_once_and_known_from_then_on(camp, tmp_path):
    _import(camp, tmp_path, LOG + "小明,,,,2023-06-05 19:00,2023-06-05 19:10,\n", actor=camp.accounts["dora"].actor)
    page = see(camp, f"{DESK}/sessions", "dora")
    assert "三班-小明妈妈" in page
    assert "老甲" not in page
    options = re.findall(r'<option value="([0-9a-f]+)"( selected)?>\s*小明 ·', page)
    assert [bool(selected) for _, selected in options].count(True) == 1  # the very name is chosen, a name inside another offered
    keys = dict(re.findall(r'name="key-(\d)" value="([^"]+)"', page))
    assert sorted(keys.values()) == ["三班-小明妈妈", "小明"]
    person = options[0][0]
    answer = post(
        camp, f"{DESK}/sessions", **{f"key-{at}": key for at, key in keys.items()}, **{f"means-{at}": person for at in keys}
    )
    assert answer.status_code == 303
    assert ("小明", "2023-06-05", 30) in _marks(camp)  # 19:00-19:30 under one name, 19:00-19:10 under the other: united
    assert "没有待认的名字" in see(camp, f"{DESK}/sessions", "dora")
    later = _import(camp, tmp_path, LOG.replace("06-05", "06-06").replace("45082.", "45083."), lesson="Z2")
    assert ("小明", "2023-06-06", 30) in _marks(camp, "Z2")
    assert later.counts.rejected == 0


def test_what_was_said_of_names_is_taken_back_in_one_press_and_they_wait_again(camp, tmp_path):
    _import(camp, tmp_path, LOG)
    key, before = {"key-0": "三班-小明妈妈"}, _marks(camp)
    aside = post(camp, f"{DESK}/sessions", **key, **{"means-0": "aside"})
    assert "三班-小明妈妈" not in see(camp, f"{DESK}/sessions", "dora")
    assert undone(camp, aside).status_code == 303
    assert "三班-小明妈妈" in see(camp, f"{DESK}/sessions", "dora")
    for _ in range(2):  # explained, taken back, and explained again
        named = post(camp, f"{DESK}/sessions", **key, other_0="N4")
        assert ("小明", "2023-06-05", 30) in _marks(camp)
        with camp.store.reading() as r:
            assert "小明" not in r.value("select what from local_done order by made_at desc limit 1")
        assert undone(camp, named).status_code == 303
        assert _marks(camp) == before
        assert "三班-小明妈妈" in see(camp, f"{DESK}/sessions", "dora")
    named = post(camp, f"{DESK}/sessions", **key, other_0="N4")
    _import(camp, tmp_path, LOG.replace("06-05", "06-06").replace("45082.", "45083.") + "d,,,,45083.79,45083.81,\n", lesson="Z2")
    refused = undone(camp, named)
    assert (refused.status_code, "之后又在别的文件里用过" in refused.text) == (409, True)


def test_a_name_is_put_aside_typed_by_number_or_refused(camp, tmp_path):
    _import(camp, tmp_path, LOG)
    key = {"key-0": "三班-小明妈妈"}
    assert post(camp, f"{DESK}/sessions", **key, other_0="N9").status_code == 422
    assert post(camp, f"{DESK}/sessions", **key, **{"means-0": "aside"}).status_code == 303
    assert "看已搁置的 1 个" in see(camp, f"{DESK}/sessions", "dora")
    assert "三班-小明妈妈" in see(camp, f"{DESK}/sessions?aside=1", "dora")
    assert post(camp, f"{DESK}/sessions?aside=1", **key, other_0="N4").status_code == 303
    assert ("小明", "2023-06-05", 30) in _marks(camp)
    with camp.store.reading() as r:
        assert len(session_names(r, find_unit(worlds.load(r), UNIT).unit)) == 1
    assert post(camp, f"{DESK}/sessions", "farid", **key).status_code == 404


@pytest.mark.parametrize(
    ("text", "lesson", "minutes"),
    [
        ("姓名,日期,加入时间,离开时间\n阿雅,2023-06-05,19:05,19:35\n", "Z1", 30),
        ("姓名,加入时间,离开时间\n阿雅,19:05,19:35\n", "Z1", 30),
        ("姓名,起止时间\n阿雅,2023-06-05 19:05~19:35\n", "Z2", 30),
        ("姓名,加入时间,时长\n阿雅,2023-06-05 19:05,1:23:45\n", "Z1", 55),
        ("姓名,加入时间,时长\n阿雅,2023-06-05 19:05,1:23:45\n", "Z2", 83),
        ("姓名,日期,时长\n阿雅,2023-06-05,83分钟\n阿雅,2023-06-05,7\n", "Z2", 90),
        ("学号,开始时间,结束时间\nN1,45082.79166666667,45082.8125\n", "Z1", 30),
        ("姓名,加入时间,离开时间,手机号\n阿雅,2023/6/5 19:05,2023/6/5 19:35,138****0002\n", "Z1", 30),
    ],
)
def test_however_the_times_are_written(camp, tmp_path, text, lesson, minutes):
    done = _import(camp, tmp_path, text, lesson)
    assert done.counts.rejected == 0
    assert _marks(camp, lesson) == [("阿雅", "2023-06-05", minutes)]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("姓名,加入时间,离开时间\n阿雅,2023-06-05 19:35,2023-06-05 19:05\n", "conflict"),
        ("姓名,加入时间,离开时间\n阿雅,2023-06-05 19:35,\n", "missing_value"),
        ("姓名,加入时间,离开时间\n阿雅,,\n", "missing_value"),
        ("姓名,加入时间,离开时间\n阿雅,2023-06-05,2023-06-05 19:40\n", "bad_date"),
        ("姓名,时长\n阿雅,12:30\n", "bad_number"),
        ("姓名,加入时间,离开时间\n阿雅,2023-06-05 19:00:00,2023-06-05 19:00:40\n", "out_of_range"),
        ("学号,加入时间,离开时间\nN99,2023-06-05 19:00,2023-06-05 19:40\n", "unknown_person"),
        ("姓名,加入时间,离开时间\n阿雅,2030-06-05 19:00,2030-06-05 19:40\n", "outside_lesson"),
    ],
)
def test_what_cannot_be_credited_says_why(camp, tmp_path, text, reason):
    counts = _import(camp, tmp_path, text).counts
    assert [each.reason for each in counts.rejects] == [reason]
    assert (counts.rows, counts.rejected, _marks(camp)) == (1, 1, [])


def test_a_mark_that_says_more_stands_and_one_that_says_less_is_replaced(camp, tmp_path):
    short, long = (f"姓名,加入时间,离开时间\n阿雅,2023-06-05 19:00,2023-06-05 19:{end}\n" for end in (20, 40))
    assert _import(camp, tmp_path, short).counts.new == 1
    changed = _import(camp, tmp_path, long)
    assert (changed.counts.changed, _marks(camp)) == (1, [("阿雅", "2023-06-05", 40)])
    assert _import(camp, tmp_path, short).counts.unchanged == 1
    assert _marks(camp) == [("阿雅", "2023-06-05", 40)]


def test_a_log_without_a_lesson_or_of_an_unknown_one_is_refused(camp, tmp_path):
    with pytest.raises(BadInput, match="哪一节课"):
        _import(camp, tmp_path, LOG, lesson="")
    with pytest.raises(NotFound):
        _import(camp, tmp_path, LOG, lesson="Z9")


def test_the_page_asks_for_the_lesson_tries_and_imports(camp, tmp_path):
    assert "直播第一课" in see(camp, f"{DESK}/import", "dora")
    shown = send(camp, f"{DESK}/import/preview", "dora", kind="sessions", lesson="Z1", file=(LOG.encode(), "会议.csv"))
    assert (shown.status_code, "导入 4 行" in shown.text, "待认参会者" in shown.text) == (200, True, True)
    form = next(one for one in re.findall(r"<form.*?</form>", shown.text, re.DOTALL) if f'action="{DESK}/import/commit"' in one)
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    assert post(camp, f"{DESK}/import/commit", **fields).status_code == 303
    assert len(_marks(camp)) == 2
    assert "待认参会者 1 个" in see(camp, f"{DESK}/import", "dora")
    refused = send(camp, f"{DESK}/import/preview", "dora", kind="sessions", lesson="", file=(LOG.encode(), "会议.csv"))
    assert (refused.status_code, "哪一节课" in refused.text) == (422, True)
