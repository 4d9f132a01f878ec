"""A work's files in the browser: attached, judged, opened, taken off; and a batch saved with its numbered files."""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

from campmgr.areas.activities.actions import Opening, begin
from campmgr.areas.entries.kinds import ENTRIES
from campmgr.areas.people.actions.people import Registration, register
from campmgr.demo.media import made_film, made_picture
from campmgr.facts import world as worlds
from campmgr.ids import person_code
from tests.kit.agreed import list_agreed
from tests.kit.desk_story import told_at, undone
from tests.kit.office import see, send
from tests.kit.pages import Pages

DESK = "/desk/units/3501-X1/a/ZP"
GOOD = {
    "class": "图片类", "sub": "海报", "theme": "安全宣传和应急科普", "created_on": "2023-05-20",
    "published_on": "2023-05-30", "words": "夜班的人", "link": "https://example.org/1", "title": "守夜",
}  # fmt: skip


def called(pages: Pages) -> str:
    """A call for (small) works with one work of a school; the address of the work's page."""
    with pages.store.writing() as w:
        begin(w, Opening("works-collection-2023", "ZP", typed={"pictures.least_bytes": "100000"}))
        activity, unit = worlds.load(w).activities.called("ZP")[0], pages.unit("3501-X1")
        list_agreed(w, activity, unit, GOOD)
    return f"{DESK}/files/{ENTRIES.row_id(activity.id, unit, GOOD)}"


def test_a_file_is_attached_judged_opened_and_taken_off_in_the_browser(pages):
    at, picture, small = called(pages), made_picture(7, 400, 300), made_picture(7, 200, 150)
    assert at in see(pages, f"{DESK}/handin", "dora")
    assert at in see(pages, "/office/a/ZP/works/", "root")
    assert at in see(pages, at.replace("/files/", "/entries/of/"), "dora")
    assert "还没有附文件" in see(pages, at, "dora")
    assert f"campmgr entry attach {at.rpartition('/')[2]} 文件" in see(pages, at, "dora"), "where a browser runs no script"
    assert "还没有选择文件" in send(pages, at, "dora", role="作品").text
    undone(pages, send(pages, at, "dora", role="作品", file=(small, "小<b>.png")))
    assert "小&lt;b&gt;.png" not in see(pages, at, "dora").partition("附上文件")[0]
    refused = see(pages, told_at(send(pages, at, "dora", role="作品", file=(small, "小<b>.png"))), "dora")
    assert "小&lt;b&gt;.png" in refused
    assert "小于 100,000 字节" in refused
    assert "小&lt;b&gt;.png" in see(pages, f"{DESK}/handin", "dora").partition("还不能报送的")[2]
    told = see(pages, told_at(send(pages, at, "dora", role="作品", file=(picture, "守夜.png"))), "dora")
    assert "守夜.png" in told
    again = send(pages, at, "dora", role="作品", file=(picture, "守夜.png"))
    assert "没有改动" in see(pages, told_at(again), "dora")
    with pages.store.reading() as r:
        files = dict(r.all("select name, sha256 from entry_files"))
    assert sorted(files) == ["守夜.png", "小<b>.png"]
    assert pages.browser("dora").get(f"{at}/{files['守夜.png']}").data == picture
    assert pages.browser("dora").get(f"{at}/{'0' * 64}").status_code == 404
    dropped = send(pages, f"{at}/drop", "dora", role="作品", sha256=files["小<b>.png"])
    assert "没有问题" in see(pages, told_at(dropped), "dora")
    assert send(pages, f"{at}/drop", "dora", role="作品", sha256=files["小<b>.png"]).status_code == 404


def test_a_file_comes_in_parts_and_is_whole_before_it_is_attached(pages):
    """As the page's script sends what is larger than one request may be."""
    at, picture = called(pages), made_picture(7, 400, 300)
    folder = pages.store.path.with_name(pages.store.path.name + ".files")

    def part(start: int, end: int, **more: str):
        said = {"role": "作品", "name": NAME, "at": str(start), "size": str(len(picture)), "changed": "1"} | more
        return send(pages, f"{at}/part", "dora", part=(picture[start:end], "part"), **said)

    def asked(**more: str) -> str:
        said = {"role": "作品", "name": NAME, "size": str(len(picture)), "changed": "1"} | more
        return send(pages, f"{at}/part", "dora", **said).text

    assert asked() == "0"
    assert part(0, 50_000).text == "50000"
    assert "夜.png" not in see(pages, at, "dora")
    assert part(60_000, 70_000).text == "50000", "a gap is not taken; it is told where to go on"
    assert part(40_000, 60_000).text == "60000", "what came twice is written once"
    assert (asked(), asked(changed="2")) == ("60000", "0"), "cut off, the same file goes on; one that was changed begins anew"
    assert part(60_000, 90_000).text == "90000"
    done = part(90_000, len(picture))
    assert "夜.png" in see(pages, told_at(done), "dora")
    with pages.store.reading() as r:
        (digest, size) = r.one("select sha256, bytes from entry_files")
    assert (digest, size) == (sha256(picture).hexdigest(), len(picture))
    assert pages.browser("dora").get(f"{at}/{digest}").data == picture
    assert not list((folder / "parts").glob("*/*")), "nothing is left of the parts"
    undone(pages, done)
    assert part(0, 9, size=str(2**44)).status_code >= 400
    assert "没有收到" in part(0, 9, at="x").text
    assert "比文件还长" in part(0, 9, size="5").text
    assert asked(size="5") == "0"
    assert pages.browser("root").post(f"{at.replace('3501-X1', '3502')}/part", data={}).status_code >= 400


NAME = "守了一夜又" * 30 + "夜.png"
"""A file's name that is longer than a disk takes: its end is kept."""


def test_a_file_with_a_name_longer_than_a_disk_takes_is_attached_under_its_end(pages):
    told = see(pages, told_at(send(pages, called(pages), "dora", role="作品", file=(made_picture(7, 400, 300), NAME))), "dora")
    assert "已附上，合格" in told
    assert "又夜.png" in told


def test_a_work_of_another_unit_is_not_at_this_ones_address(pages):
    at = called(pages)
    assert pages.browser("root").get(at.replace("3501-X1", "3502")).status_code == 404
    assert pages.browser("root").get(at).status_code == 200


def test_a_batch_is_saved_whole_and_a_file_that_is_not_here_is_named(pages):
    at, picture = called(pages), made_picture(9, 400, 300)
    send(pages, at, "dora", role="作品", file=(picture, "a.png"))
    send(pages, at, "dora", role="脚本", file=(made_film(1), "b.mp4"))
    with pages.store.writing() as w:
        code = person_code(register(w, Registration("3501-X1", "林老师", "M1", "")))
    send(pages, f"{DESK}/handin", "dora", contact=code, stated="1")
    assert "不在这台电脑上的文件" not in see(pages, f"{DESK}/handin", "dora")
    whole = ZipFile(BytesIO(pages.browser("dora").get(f"{DESK}/handin/2023Q2/all.zip").data))
    works = [each for each in whole.namelist() if each.startswith("作品/")]
    assert [each for each in whole.namelist() if each not in works] == [
        "第四届应急管理新媒体作品征集汇总表.pdf", "第四届应急管理新媒体作品征集汇总表.xlsx", "邮件.txt"
    ]  # fmt: skip
    assert picture in [whole.read(each) for each in works]
    with pages.store.reading() as r:
        digest = r.value("select sha256 from entry_files where name = 'a.png'")
    (pages.store.path.with_name(pages.store.path.name + ".files") / digest[:2] / digest).unlink()
    named = see(pages, f"{DESK}/handin", "dora")
    assert "不在这台电脑上的文件" in named
    assert "体检结果是当时的" in see(pages, at, "dora")
    assert pages.browser("dora").get(f"{at}/{digest}").status_code == 404
    part = ZipFile(BytesIO(pages.browser("dora").get(f"{DESK}/handin/2023Q2/all.zip").data))
    assert ".png" in part.read("缺少的文件.txt").decode()
