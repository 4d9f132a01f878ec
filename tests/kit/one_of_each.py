"""A camp with one of everything that a form can be about, for the tests that walk all forms."""

from __future__ import annotations

from html import unescape

import pytest

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.areas.certificates.actions.issuing import issue
from campmgr.areas.hours.actions.lessons import describe_lesson
from campmgr.areas.hours.actions.marks import MarkRow, mark
from campmgr.areas.hours.actions.paper import print_roster
from campmgr.areas.hours.rules.lesson import Lesson
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.actions.people import Registration, register
from campmgr.areas.people.local import new_page
from campmgr.areas.prizes.actions import publicity
from campmgr.facts import world as worlds
from campmgr.files.imports.importing import Options, import_file
from tests.kit.desk_story import DAY, declared, rows_shown
from tests.kit.office import agree, hidden, import_csv, see, send
from tests.kit.pages import CHEAP, PASSWORD

HEAD = "作品链接,标题,作者,单位,点赞数,播放数\n"


@pytest.fixture
def one_of_each(pages, tmp_path) -> dict[str, str]:
    """The ids of its parts, by what they are called in the tables of the walks."""
    with pages.store.writing() as w:
        for code, name, hundredths in (("V1", "家庭用电安全", 100), ("V8", "全部课程合集", 800)):
            describe_lesson(w, Lesson(code, name, hundredths, 60, "科普视频", "家庭"))
        describe_lesson(w, Lesson("Z1", "直播第一课", 100, 60, "专家直播", "家庭", starts_at="2023-06-05T11:00:00Z"))
        who = register(w, Registration("3501-X1", "阿雅", "N1", "三年1班"))
        twin = register(w, Registration("3501-X1", "阿雅", "N2", "三年1班"))
        fact = mark(w, "N1", MarkRow(DAY, "V8", minutes=200)).fact
        mark(w, "N1", MarkRow("2023-06-10", condition="sign_in"))
        issue(w)
        place = Place("viewer", worlds.load(w).root_unit)
        invitation = governing.invite(w, worlds.load(w), pages.accounts["root"], place, "陈晓")
        new_page(w, twin)
        equal = governing.open_account(w, NewAccount("equal", "同级", PASSWORD), Place("organizer", "35"), cost=CHEAP)
        made = {
            "twin": twin, "equal": equal.account, "lower": pages.accounts["farid"].account,
            "person": who, "fact": fact, "own": f"/p/{new_page(w, twin)}", "invitation": f"/link/{invitation}",
            "roster": print_roster(w, pages.unit("3501-X1"), "", "", "", with_minutes=False),
            "join": make_join_code(w, pages.unit("3501-X1")).code,
        }  # fmt: skip
    declared(pages, who)
    log = f"用户昵称,姓名,学号,手机号,入会时间,退会时间,在会时长\n三班-小明妈妈,,,,{DAY} 19:00:00,{DAY} 19:40:00,\n"
    (tmp_path / "log.csv").write_text(log, "utf-8")
    import_file(pages.store, "sessions", tmp_path / "log.csv", Options(unit="3501-X1", lesson="Z1"))
    for at, counts in (("2023-06-08T12:00", (900, 800)), ("2023-06-09T12:00", (100, 200))):
        rows = "".join(
            f"https://example.org/{name},{name},作者{name},3501-X1,{likes},\n" for name, likes in zip("甲乙", counts, strict=True)
        )
        import_csv(pages, "likes", HEAD + rows + "https://example.org/x,丙,,,5,\n", read_at=at)
    assert agree(pages, "/office/prizes/freeze", at="2023-06-09 18:00").status_code == 303
    with pages.store.writing() as w:
        publicity.post(w, 1, days=5)
        made["objection"] = publicity.object_to(w, 1, "有误", way="来信").chain
    send(pages, "/desk/units/3501-FL/summary", "dora", text="组织了三场演练", what="hand_in")
    flags, events = see(pages, "/office/works/flags?listed=1"), see(pages, "/office/works/flags")
    return made | {
        "certificate": _value(pages, "select number from certificates"),
        "batch": _value(pages, "select batch from facts where batch <> '' limit 1"),
        "declared": _value(pages, "select fact from declarations"),
        "case": unescape(hidden(see(pages, f"/desk/people/{who}", "dora"), "case")),
        "row": hidden(see(pages, "/office/works/matching/"), "key"),
        "waiting": rows_shown(pages, "/desk/units/3501-X1/review")[0],
        "session": hidden(see(pages, "/desk/units/3501-X1/sessions", "dora"), "key-0"),
        "work": hidden(flags, "work"), "flag": hidden(flags, "case"),
        "listed": _value(pages, "select work from works order by likes desc limit 1"),
        "matter": hidden(events, "matter"), "read_at": hidden(events, "read_at"),
    }  # fmt: skip


def _value(pages, sql: str) -> str:
    with pages.store.reading() as r:
        return str(r.value(sql))
