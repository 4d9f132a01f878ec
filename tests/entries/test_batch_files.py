"""A batch as it goes out and comes back: table, mail, numbered files; and all of it by commands alone."""

from __future__ import annotations

import json

import openpyxl
import pytest
from click.testing import CliRunner

from campmgr.app.commands import commands
from campmgr.areas.whole import CATALOGUE
from tests.kit.made_media import filled, jpg

HEAD = "作品名称,作品类型,具体形式,作品主题,作者,创作时间,发布平台,发布时间,作品链接,作品说明,已作承诺,备注\n"
ROWS = (
    "守夜,图片类,海报,安全宣传和应急科普,,2023-06-01,微信,2023-06-10,https://example.org/1,夜班的人,是,\n"
    "演练,视频类,短视频,安全宣传和应急科普,M1,2023-06-02,抖音,2023-06-11,https://example.org/2,一次演练,是,与某台联合\n"
)


class Line:
    """The command line over one data file."""

    def __init__(self, path) -> None:
        self.path = path

    def run(self, *args: str) -> tuple[int, dict]:
        answer = CliRunner().invoke(commands, [*args, "--db", str(self.path), "--json"], obj=CATALOGUE)
        if answer.exit_code == 0:
            return 0, json.loads(answer.stdout)
        return getattr(answer.exception, "exit_code", answer.exit_code), {"error": str(answer.exception)}

    def ok(self, *args: str) -> dict:
        code, told = self.run(*args)
        assert code == 0, told
        return told


@pytest.fixture
def line(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPMGR_STATE", str(tmp_path / "state"))
    made = Line(tmp_path / "w.sqlite")
    made.ok("open", "--preset", "works-collection-2023", "--code", "ZP")
    changes = {"handins.collects_to": "2099-12-31", "entries.created_to": "2099-12-31"}
    for key, value in changes.items():
        made.ok("activity", "amend", "ZP", key, value)
    (tmp_path / "units.csv").write_text("代码,名称,上级代码,类别\n35,某省应急管理厅,,省\n3501,某市应急管理局,35,机关\n", "utf-8")
    made.ok("import", "units", str(tmp_path / "units.csv"))
    (tmp_path / "people.csv").write_text("编号,姓名,单位代码,手机号,参与者类别\nM1,林晓,3501,13800000000,社会公众\n", "utf-8")
    made.ok("import", "people", str(tmp_path / "people.csv"))
    (tmp_path / "works.csv").write_text(HEAD + ROWS, "utf-8")
    return made


def test_a_table_is_handed_out_filled_in_handed_in_and_comes_back_without_a_reject(line, tmp_path):
    came = line.ok("import", "entries", str(tmp_path / "works.csv"), "--unit", "3501")
    assert (came["new"], came["rejected"]) == (2, 0)
    assert line.ok("import", "entries", str(tmp_path / "works.csv"), "--unit", "3501")["unchanged"] == 2
    shown = line.ok("handin", "show", "3501")
    assert [each["title"] for each in shown["going"]] == ["守夜", "演练"]
    (tmp_path / "守夜.jpg").write_bytes(filled(jpg(), 1_200_000))
    first = shown["going"][0]["entry"]
    assert line.ok("entry", "attach", first, str(tmp_path / "守夜.jpg"))["passes"]
    assert line.ok("entry", "show", first)["files"][0]["name"] == "守夜.jpg"
    assert line.run("handin", "close", "3501", "--contact", "M1")[0] == 2
    closed = line.ok(
        "handin", "close", "3501", "--contact", "M1", "--agree", "--share", "https://pan.example.org/s", "--password", "k7"
    )
    assert [each["title"] for each in closed["titles"]] == [
        "【第四届新媒体作品征集】图片类+某市应急管理局", "【第四届新媒体作品征集】音视频类+某市应急管理局"]  # fmt: skip
    window, out = closed["window"], tmp_path / "out"
    told = line.ok("handin", "export", "3501", window, "--out", str(out), "--address", "某市某路1号")
    assert (told["files"], told["missing"]) == (1, [])
    assert (out / "作品" / "01-守夜.jpg").stat().st_size == 1_200_000
    assert "提取码：k7" in (out / "邮件.txt").read_text("utf-8")
    name = "第四届应急管理新媒体作品征集汇总表"
    sheet = openpyxl.load_workbook(out / f"{name}.xlsx").worksheets[0]
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    text = " ".join(str(each) for row in cells for each in row if each is not None)
    assert name in text
    for said in (
        "组织单位：某市应急管理局",
        "联系人及电话：林晓 13800000000",
        "通讯地址：某市某路1号",
        "本表随每次报送作品一并发至邮箱：",
    ):
        assert said in text
    heads = next(row for row in cells if "序号" in row)
    assert [each for each in heads if each] == ["序号", "作品名称", "作品类型", "具体形式", "作者", "团队", "创作时间", "发布平台",
                                                "发布时间", "作品链接", "时长或大小", "文件名", "备注"]  # fmt: skip
    assert (out / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    back = line.ok("import", "entries", str(out / f"{name}.xlsx"))
    assert (back["unchanged"], [(each["reason"], each["value"][:6]) for each in back["rejects"]]) == (
        2, [("not_a_row", "本表随每次报")])  # fmt: skip


def test_a_batch_is_opened_again_verified_and_counted(line, tmp_path):
    line.ok("import", "entries", str(tmp_path / "works.csv"), "--unit", "3501")
    window = line.ok("handin", "close", "3501", "--contact", "M1", "--agree")["window"]
    assert line.ok("activity", "amend", "ZP", "pictures.least_bytes", "900000", "--dry-run")["frozen"][0]["count"] == 1
    line.ok("handin", "reopen", "3501", window, "--reason", "补一件")
    left = line.ok("activity", "close", "ZP", "--reason", "到期", "--dry-run")["open_items"]
    assert {each["words"]: each["count"] for each in left} == {"还没有报送的作品": 2, "重新打开、还没有再结的批次": 1}
    assert line.ok("handin", "show", "3501", window)["state"] == "reopened"
    assert line.run("handin", "export", "3501", window, "--out", str(tmp_path / "o"))[0] == 5
    line.ok("handin", "close", "3501", "--contact", "M1", "--agree")
    assert [each["equal"] for each in line.ok("handin", "verify", "3501", window)["versions"]] == [True, True]
    first, second = (each["entry"] for each in line.ok("handin", "show", "3501", window)["entries"])
    line.ok("entry", "stage", first, second, "--to", "入围")
    line.ok("entry", "revoke", second, "--reason", "画面取自他人")
    told = line.ok("report", "entries", "--by", "class")
    assert [(each["name"], each["handed_in"], each["shortlisted"], each["revoked"]) for each in (*told["rows"], told["total"])] == [
        ("图片类", 1, 1, 0), ("音视频类", 0, 0, 1), ("合计", 1, 1, 1)]  # fmt: skip
    line.ok("entry", "revoke", second, "--reason", "核实无误", "--back")
    assert line.ok("report", "entries", "--by", "window")["rows"][0]["handed_in"] == 2
    assert line.run("report", "entries", "--by", "color")[0] == 2


def test_the_rules_of_an_activity_serve_the_check(line, tmp_path):
    (tmp_path / "小.jpg").write_bytes(filled(jpg(), 999_999))
    assert line.ok("entry", "check", str(tmp_path / "小.jpg"), "--activity", "ZP")["failed"] == 1
    line.ok("activity", "amend", "ZP", "pictures.least_bytes", "900000")
    assert line.ok("entry", "check", str(tmp_path / "小.jpg"), "--activity", "ZP")["failed"] == 0


def test_a_file_is_taken_off_and_one_of_a_wrong_kind_is_told(line, tmp_path):
    line.ok("import", "entries", str(tmp_path / "works.csv"), "--unit", "3501")
    entry = line.ok("handin", "show", "3501")["going"][0]["entry"]
    (tmp_path / "坏.jpg").write_bytes(b"\xff\xd8\xff")
    assert not line.ok("entry", "attach", entry, str(tmp_path / "坏.jpg"))["passes"]
    assert not line.ok("entry", "show", entry)["passes"]
    assert line.ok("entry", "detach", entry, "坏.jpg")["facts"]
    assert line.ok("entry", "show", entry)["passes"]
    assert line.run("entry", "detach", entry, "坏.jpg")[0] == 3


def test_votes_are_read_like_likes_rejected_ones_by_their_reason_and_blended_by_the_decided_weight(line, tmp_path):
    line.ok("import", "entries", str(tmp_path / "works.csv"), "--unit", "3501")
    first, second = (each["entry"] for each in line.ok("handin", "show", "3501")["going"])
    line.ok("entry", "stage", first, "--to", "入围")
    votes = "作品链接,作品名称,票数,剔除票数,剔除原因\n"
    (tmp_path / "v1.csv").write_text(votes + "https://www.example.org/1/,,5000,,\n,演练,70,,\n", "utf-8")
    told = line.ok("import", "votes", str(tmp_path / "v1.csv"), "--read-at", "2024-01-10T12:00")
    assert (told["new"], [each["sentence"] for each in told["rejects"]]) == (1, ["“演练”没有入围（待报送），不计票。"])
    assert line.ok("import", "votes", str(tmp_path / "v1.csv"), "--read-at", "2024-01-10T12:00")["unchanged"] == 1
    (tmp_path / "v2.csv").write_text(votes + ",守夜,4200,800,刷票剔除\n", "utf-8")
    line.ok("import", "votes", str(tmp_path / "v2.csv"), "--read-at", "2024-01-12T12:00")
    (row,) = line.ok("report", "votes")["rows"]
    assert (row["votes"], row["rejected"], row["fell"]) == (4200, {"刷票剔除": 800}, True)
    line.ok("entry", "stage", second, "--to", "入围")
    line.ok("import", "votes", str(tmp_path / "v1.csv"), "--read-at", "2024-01-11T12:00")
    (tmp_path / "marks.csv").write_text("作品名称,专家分\n守夜,80\n演练,95.5\n", "utf-8")
    assert line.run("report", "votes", "--scores", str(tmp_path / "marks.csv"))[0] == 5
    line.ok("activity", "amend", "ZP", "blend.votes_percent", "20")
    line.ok("activity", "amend", "ZP", "blend.decided", "是")
    told = line.ok("report", "votes", "--scores", str(tmp_path / "marks.csv"))
    assert [(each["title"], each["score"]) for each in told["rows"]] == [("守夜", "84.0000"), ("演练", "76.7333")]
    line.ok("entry", "revoke", first, "--reason", "画面取自他人")
    assert [each["title"] for each in line.ok("report", "votes")["rows"]] == ["演练"]
    assert line.ok("report", "handed-in")["batches"] == []
