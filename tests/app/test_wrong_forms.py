"""Whatever is wrong in a form is said beside its field, with everything typed kept: no page that refuses and forgets."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO

import pytest

from campmgr.accounts import governing
from campmgr.accounts.governing import Place
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
from tests.app.wrong_forms import NOTHING_TYPED, WRONG, Wrong
from tests.kit.desk_story import DAY, declared, rows_shown
from tests.kit.office import agree, hidden, import_csv, see, send
from tests.kit.pages import OWN

HEAD = "作品链接,标题,作者,单位,点赞数,播放数\n"


def test_every_form_has_a_wrong_value_or_nothing_to_type(pages):
    views = {rule.endpoint for rule in pages.app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    named = {view for view, wrong in WRONG.items() if not wrong.by_get} | NOTHING_TYPED.keys()
    assert not views - named, f"give each a wrong value in tests/app/wrong_forms.py: {sorted(views - named)}"
    assert not named - views, f"these views are no more: {sorted(named - views)}"
    assert not WRONG.keys() & NOTHING_TYPED.keys()


@pytest.fixture
def parts(pages, tmp_path) -> dict[str, str]:
    """A camp with one of everything that a form can be about."""
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
        made = {
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
        "matter": hidden(events, "matter"), "read_at": hidden(events, "read_at"),
    }  # fmt: skip


def _value(pages, sql: str) -> str:
    with pages.store.reading() as r:
        return str(r.value(sql))


def test_a_wrong_value_is_told_beside_its_field_and_all_that_was_typed_stands_again(pages, parts):
    found = [f"{view}: {said}" for view, wrong in WRONG.items() for said in _complaints(pages, parts, wrong)]
    assert not found, "\n".join(found)


def _complaints(pages, parts: dict[str, str], wrong: Wrong) -> list[str]:
    """What is not as it should be with a form's answer."""
    path = wrong.path.format(**parts)
    typed = {name: value.format(**parts) for name, value in wrong.typed.items()}
    before = see(pages, wrong.before.format(**parts), wrong.who) if wrong.before else ""
    carried = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', before))
    files = {name: (BytesIO(b"\x00nonsense"), "x.bin") for name in wrong.files}
    browser = pages.browser(wrong.who)
    if wrong.by_get:
        answer = browser.get(path, query_string=typed)
    else:
        answer = browser.post(path, data={**carried, **typed, **files}, headers=OWN, content_type="multipart/form-data")
    text = unescape(answer.text)
    said = [] if answer.status_code == (404 if wrong.path == "/p/" else 422) else [f"answers {answer.status_code}"]
    if not re.search(rf'id="e-{re.escape(wrong.field)}"[^>]*>\s*[^<\s]', text):
        said.append(f"no sentence with the id e-{wrong.field}")
    if not re.search(rf'aria-describedby="[^"]*\be-{re.escape(wrong.field)}(?=[ "])', text):
        said.append("no field points to the sentence")
    lost = [name for name, value in typed.items() if value and name not in wrong.secret and not _stands(text, name, value)]
    return [*said, *(f"{name} is lost" for name in lost)]


def _stands(text: str, name: str, value: str) -> bool:
    """Whether a field holds a value: typed, chosen or ticked."""
    at = re.escape(name)
    inputs = [tag for tag in re.findall(r"<(?:input|button)\b[^>]*>", text, re.DOTALL) if re.search(rf'name="{at}"', tag)]
    if any(
        f'value="{value}"' in tag and (('type="radio"' not in tag and 'type="checkbox"' not in tag) or "checked" in tag)
        for tag in inputs
    ):
        return True
    areas = re.findall(rf'<textarea[^>]*name="{at}"[^>]*>(.*?)</textarea>', text, re.DOTALL)
    if any(value == area.strip("\n") for area in areas):
        return True
    selects = re.findall(rf'<select[^>]*name="{at}"[^>]*>(.*?)</select>', text, re.DOTALL)
    chosen = rf'<option value="{re.escape(value)}"[^>]* selected|<option selected>{re.escape(value)}<'
    return any(re.search(chosen, select) for select in selects)
