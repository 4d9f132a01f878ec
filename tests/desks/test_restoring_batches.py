"""A batch that was taken back is given back in one press, whatever was imported, and can be taken back again."""

from __future__ import annotations

import re

import pytest

from campmgr.facts.checking import state_hash
from campmgr.facts.folding import rebuild
from tests.kit.desk_story import school
from tests.kit.office import import_csv, see
from tests.kit.pages import OWN

FILES = {
    "units": "代码,名称,上级代码,类别\n3501-Z1,演练小学一,3501,学校\n3501-Z2,演练小学二,3501,学校\n",
    "lessons": "编号,名称,类别,课时,时长\nV7,防溺水,科普视频,1,45\nV8,防震,科普视频,1,45\n",
    "likes": "作品链接,标题,作者,单位,点赞数\nhttps://example.org/1,一,甲,3501-X1,9\n",
}


def _held(pages) -> tuple[list[tuple], ...]:
    with pages.store.reading() as r:
        tables = ("select code, name from units order by unit", "select lesson, name from lessons order by lesson",
                  "select person, name, home from people order by person",
                  "select title, likes from works order by work")  # fmt: skip
        return tuple(r.all(sql) for sql in tables)


def _press(pages, batch: str, what: str) -> str:
    answer = pages.browser("root").post(f"/desk/batches/{batch}/{what}", data={}, headers=OWN)
    assert answer.status_code == 303, answer.text
    return see(pages, answer.location)


def _hash(pages) -> str:
    with pages.store.reading() as r:
        return state_hash(r)


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_taken_back_given_back_and_taken_back_again(pages, kind):
    school(pages, "阿雅")
    before = _held(pages)
    import_csv(pages, kind, FILES[kind], **({"read_at": "2023-06-08T12:00"} if kind == "likes" else {}))
    after = _held(pages)
    assert after != before
    with pages.store.reading() as r:
        batch = r.value("select batch from imports")
    for _ in range(2):
        assert "恢复这一批" in _press(pages, batch, "undo")
        gone = _held(pages)
        assert gone[0] == before[0] if kind == "units" else gone == before
        page = _press(pages, batch, "restore")
        assert ("已恢复这一批" in page, re.search(r"恢复这一批</button>", page)) == (True, None)
        assert _held(pages) == after
        told = _hash(pages)
        with pages.store.writing() as w:
            rebuild(w)
        assert (_hash(pages), _held(pages)) == (told, after)
    _press(pages, batch, "restore")
    assert _held(pages) == after, "given back twice changes nothing"


def test_a_file_that_was_imported_again_meanwhile_counts_once(pages):
    school(pages, "阿雅")
    before = _held(pages)
    for _ in range(2):
        import_csv(pages, "lessons", FILES["lessons"])
        with pages.store.reading() as r:
            first = r.value("select batch from imports order by clock limit 1")
            batches = [row[0] for row in r.all("select batch from imports order by clock")]
        if len(batches) == 1:
            _press(pages, first, "undo")
    after = _held(pages)
    _press(pages, first, "restore")
    assert _held(pages) == after != before
