"""What the makers of a work agree to: each text has its box, its version and its time; by page, by file, by command."""

from __future__ import annotations

import csv
import json

import pytest

from campmgr.areas.activities.actions import open_activity
from campmgr.areas.entries.actions.agreeing import agree
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.entries.queries.entries import Entry, entries_in
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.facts.inventory_rows import list_row
from campmgr.files.imports.importing import Options, import_file
from tests.kit.desk_story import told_at, undone
from tests.kit.office import hidden, see, send
from tests.kit.pages import Pages

WORK = {"class": "音视频类", "title": "车间", "theme": "数智赋能", "entrant": "个人"}


def called(pages: Pages) -> str:
    """A contest with four texts, and a work of a school; the address of its page."""
    with pages.store.writing() as w:
        open_activity(w, "video-contest-2024", "SP")
        activity, unit = worlds.load(w).activities.called("SP")[0], pages.unit("3501-X1")
        list_row(w, ENTRIES, activity, unit, WORK)
    return f"/desk/units/3501-X1/a/SP/files/{ENTRIES.row_id(activity.id, unit, WORK)}"


def work(pages: Pages) -> Entry:
    with pages.store.reading() as r:
        world = worlds.load(r)
        (one,) = entries_in(r, world, world.activities.called("SP")[0])
        return one


def ticks(pages: Pages, at: str, *numbers: int):
    text = see(pages, at, "dora")
    form = text.partition('id="agreements"')[2]
    return send(pages, f"{at}/agreements", "dora", client_id=hidden(form, "client_id"), shown=hidden(form, "shown"),
                agreed=[str(each) for each in numbers])  # fmt: skip


def test_each_text_has_its_box_kept_with_version_and_time_and_taken_back_in_one_press(pages):
    at = called(pages)
    assert "还差 4 项（共 4 项）" in see(pages, at, "dora")
    assert not work(pages).passes
    done = ticks(pages, at, 1, 3)
    told = see(pages, told_at(done), "dora")
    assert "已记下承诺，共 2 项。" in told
    assert "还差 2 项（共 4 项）" in told
    assert "2. 不涉及商业宣传；4. 同意将作品的著作权" in told
    assert told.count("1 版 · 20") == 2, "version and time stand beside those that were ticked"
    assert len({each.statement for each in work(pages).agreed}) == 2
    undone(pages, done)
    assert work(pages).agreed == ()
    ticks(pages, at, 1, 2, 3, 4)
    assert work(pages).passes
    assert "没有改动" in see(pages, told_at(ticks(pages, at, 1, 2, 3, 4)), "dora")
    ticks(pages, at, 1, 2, 4)
    assert "3. 作品公开且不涉密" in see(pages, at, "dora")
    assert send(pages, f"{at}/agreements", "dora", client_id="x", shown="other", agreed=["3"]).status_code == 409
    assert len(work(pages).agreed) == 3, "texts that are no longer those of the form are not agreed to"


@pytest.mark.parametrize(
    ("cell", "state", "count"), [("是", "new", 4), ("全部", "new", 4), ("1、4", "new", 2), ("", "new", 0), ("否", "new", 0)]
)
def test_a_file_says_which_texts(pages, tmp_path, cell, state, count):
    called(pages)
    rows = (("单位代码", "作品名称", "作品类型", "已作承诺"), ("3501-X1", "河堤", "音视频类", cell))
    for told in (state, "unchanged"):
        counts = _imported(pages, tmp_path, rows)
        assert (getattr(counts, told), counts.rejected) == (1, 0), counts
    with pages.store.reading() as r:
        assert r.value("select count(*) from entry_agreements") == count


def test_a_file_changes_what_was_agreed_to_and_a_number_too_many_is_told(pages, tmp_path):
    at = called(pages)
    ticks(pages, at, 1, 2)
    heads = ("单位代码", "作品名称", "作品类型", "已作承诺")
    assert _imported(pages, tmp_path, (heads, ("3501-X1", "车间", "音视频类", "2、3"))).changed == 1
    assert {each.statement for each in work(pages).agreed} == set(_ids(pages)[1:3])
    for wrong in ("9", "也许"):
        assert _imported(pages, tmp_path, (heads, ("3501-X1", "车间", "音视频类", wrong))).rejected == 1
    with pages.store.writing() as w, pytest.raises(BadInput, match="没有第 9 项承诺"):
        agree(w, [work(pages).row], [9])


def _imported(pages: Pages, folder, rows):
    path = folder / "works.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    with pages.store.reading() as r:
        activity = worlds.load(r).activities.called("SP")[0].id
    return import_file(pages.store, "entries", path, Options(activity=activity)).counts


def _ids(pages: Pages) -> list[str]:
    at = f"/desk/units/3501-X1/a/SP/files/{work(pages).id}"
    ticks(pages, at, 1, 2, 3, 4)
    with pages.store.reading() as r:
        said = [json.loads(body) for (body,) in r.all("select body from facts where kind = 'entry_agreed' order by seq")]
    ticks(pages, at, 2, 3)
    return list(dict.fromkeys(each["statement"] for each in said))


def test_the_one_box_of_before_says_of_no_text_that_it_was_read(pages):
    at = called(pages)
    with pages.store.writing() as w:
        activity = worlds.load(w).activities.called("SP")[0]
        list_row(w, ENTRIES, activity, pages.unit("3501-X1"), WORK | {"stated": True})
    shown = see(pages, at, "dora")
    assert "一项代替全部" in shown
    assert "还差 4 项（共 4 项）" in shown
    ticks(pages, at, 1)
    assert "一项代替全部" not in see(pages, at, "dora")
    form = at.replace("/files/", "/entries/of/")
    text = see(pages, form, "dora")
    assert 'name="of-stated"' not in text
    typed = {f"of-{name}": value for name, value in WORK.items()} | {"of-note": "补"}
    assert send(pages, form, "dora", shown=hidden(text, "shown"), **typed).status_code == 303
    assert (work(pages).row.values["note"], work(pages).row.values["stated"]) == ("补", True), "what was said once stays"
