"""What was done is told in one line and taken back in one press, the same wherever it was done."""

from __future__ import annotations

import re
from tempfile import gettempdir

import pytest

from campmgr.accounts import governing
from campmgr.accounts.governing import NewAccount, Place
from campmgr.areas.hours.world import lessons_of
from campmgr.areas.people.actions.joining import make_join_code
from campmgr.areas.people.local import new_page
from campmgr.clock import utc_text
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.store import backups
from tests.app.ways import PREVIEWED, UNDONE
from tests.kit.desk_story import DESK, declared, post, school, told_at, undone
from tests.kit.office import hidden, import_csv, see, send, told_before
from tests.kit.pages import CHEAP, PASSWORD

LESSON = {"code": "V9", "name": "防溺水", "kind": "科普视频", "hours": "1", "length": "40", "field": "", "replay_of": ""}
UNIT = {"code": "3501-X9", "name": "演练小学9", "kind": "学校", "line": "教育", "expected": ""}


def _state(pages) -> tuple[object, ...]:
    """All that the acts below change."""
    with pages.store.reading() as r:
        world = worlds.load(r)
        units = [
            (each.code, each.name, each.parent, each.expected) for each in world.tree.units.values() if "X" in (each.code or "")
        ]
        people = r.all("select name, class_name, phone, credited, signed_in from people order by person")
        waiting = r.all("select person, state from declarations order by fact")
        accounts = r.all("select login, active from local_accounts order by login")
        links = r.all("select link from local_links where used_at = '' and ends_at > :now", now=utc_text(r.clock.now()))
        local = (accounts, links, r.all("select code, active from local_join_codes where active = 1"),
                 r.all("select * from local_closings"))  # fmt: skip
        return (
            lessons_of(world),
            sorted(map(str, units)),
            people,
            waiting,
            local,
            world.rules.value_of("ranking.length"),
            world.rules.value_of("certificate.issuers"),
        )


def _equal(pages) -> str:
    """Another organizer of the whole camp, an open invitation, and a join code of the school."""
    with pages.store.writing() as w:
        world, root = worlds.load(w), pages.accounts["root"]
        made = governing.open_account(w, NewAccount("equal", "同级", PASSWORD), Place("organizer", "35"), cost=CHEAP)
        governing.invite(w, world, root, Place("viewer", world.root_unit), "旧人")
        make_join_code(w, pages.unit("3501-X1"))
    return made.account


def _acts(pages, aya: str):
    """(who, where, what is typed) of acts of every sort."""
    with pages.store.reading() as r:
        fact = r.value("select fact from declarations")
        x1 = find_unit(worlds.load(r), "3501-X1").unit
    farid, equal = pages.accounts["farid"].account, _equal(pages)
    invitation = re.findall(r"invitations/(\w+)/cancel", see(pages, "/office/accounts"))[0]
    code = re.findall(r"/codes/(\w{8})/poster", see(pages, f"{DESK}/codes", "dora"))[0]
    looked_at = {who: told_before(see(pages, f"/office/accounts/{who}/close")) for who in (farid, equal)}
    return {
        "a lesson is added": ("root", "/office/lessons/new", LESSON),
        "a lesson is changed": ("root", "/office/lessons/of/V1", LESSON | {"name": "家庭用电安全（新）"}),
        "a unit is added": ("root", "/office/units/3501/add", UNIT),
        "a unit is changed": ("root", f"/office/units/{x1}/change", UNIT | {"code": "3501-X1", "name": "演练小学一"}),
        "a unit is moved": ("root", f"/office/units/{x1}/move", {"parent": "3502", "day": "2023-06-09"}),
        "a rule is changed": ("root", "/office/rules/ranking.length", {"value": "80", "reason": "试"}),
        "an account is closed": ("root", f"/office/accounts/{farid}/close", {"sure": "1"} | looked_at[farid]),
        "an account's closing is asked": ("root", f"/office/accounts/{equal}/ask-closing", {"sure": "1"} | looked_at[equal]),
        "somebody is invited": ("root", "/office/accounts/invite", {"role": "viewer", "unit": "3502", "name": "新人"}),
        "an invitation is cancelled": ("root", f"/office/accounts/invitations/{invitation}/cancel", {}),
        "those who issue are confirmed": (
            "root",
            "/office/certificates/issuers",
            {"bodies": "省教育厅", "agreed": "1", "reason": "有文号"},
        ),
        "a join code is made": ("dora", f"{DESK}/codes", {"most": "7"}),
        "a join code is stopped": ("dora", f"{DESK}/codes/{code}/revoke", {}),
        "declarations are confirmed": ("dora", f"{DESK}/declarations", {"fact": fact, "answer": "accept", "reason": ""}),
        "declarations are refused": ("dora", f"{DESK}/declarations", {"fact": fact, "answer": "refuse", "reason": "没看完"}),
        "details are changed": ("dora", f"/desk/people/{aya}/details", {"name": "阿雅娜", "number": "N1", "class_name": "四年1班"}),
        "a lesson is recorded": ("dora", f"/desk/people/{aya}/mark", {"lesson": "V1", "day": "2023-06-05", "minutes": "30"}),
        "somebody signs in": ("dora", f"/desk/people/{aya}/sign-in", {}),
    }


ACTS = (
    "a lesson is added", "a lesson is changed", "a unit is added", "a unit is changed", "a unit is moved", "a rule is changed",
    "an account is closed", "an account's closing is asked", "somebody is invited", "an invitation is cancelled",
    "those who issue are confirmed", "a join code is made", "a join code is stopped", "declarations are confirmed",
    "declarations are refused", "details are changed", "a lesson is recorded", "somebody signs in",
)  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_told_in_a_line_and_taken_back_in_one_press(pages, act):
    (aya,) = school(pages, "阿雅")
    declared(pages, aya)
    acts = _acts(pages, aya)
    assert tuple(acts) == ACTS
    who, where, typed = acts[act]
    before = _state(pages)
    done = post(pages, where, who=who, **typed)
    assert done.status_code in {200, 303}, done.text
    assert _state(pages) != before
    text = see(pages, told_at(done), who)
    assert '<div id="done" role="status"><div class="note good done">' in text.replace("\n", "")
    back = undone(pages, done, who)
    assert back.status_code == 303, back.text
    assert _state(pages) == before
    assert "<strong>已撤销</strong>" in see(pages, back.location, who)


def _acts_on_each(pages, parts: dict[str, str]):
    """View -> (who, where, what is typed) of the acts that need a camp with one of everything."""
    person, work, twin = (f"/desk/people/{parts['person']}", f"/office/works/{parts['work']}", f"/desk/people/{parts['twin']}")
    summary = see(pages, "/office/summaries/3501-FL")
    return {
        "lesson_stories.settle": ("dora", f"{person}/doubts", {"case": parts["case"], "answer": "问过了"}),
        "office.reset": ("root", f"/office/accounts/{parts['lower']}/reset", {}),
        "office.reopen": ("root", f"/office/accounts/{pages.accounts['elias'].account}/open", {}),
        "office_backup.plan": ("root", "/office/backup/", {"folder": gettempdir(), "daily": "1", "keep": "3", "lock": "none"}),
        "office_recommendations.said": (
            "root", f"{work}/recommend", {"outlet": "央视频", "state": "sent", "on": "2023-06-09", "note": ""}),
        "office_summaries.answer": (
            "root", "/office/summaries/3501-FL", {"answer": "accept", "reason": "", "summary": hidden(summary, "summary")}),
        "office_works.judge": ("root", f"{work}/judge", {"counts": "no", "reason": "搬运"}),
        "person.correct": ("dora", f"{person}/facts/{parts['fact']}/correct", {"minutes": "20", "reason": "记错了"}),
        "person_homes.join": ("dora", f"{person}/homes/join", {"also": "3501-FL"}),
        "person_homes.move": ("city", f"{twin}/homes/move", {"target": "3501-X2", "day": "2023-06-09"}),
        "person_links.confirm": ("dora", f"{twin}/link/confirm", {}),
        "platform_certificates.record": ("dora", f"{person}/platform-certificate", {"number": "PT-0077", "day": "2023-06-09"}),
        "roster.add": ("dora", f"{DESK}/people/new", {"name": "巴迪", "number": "N8", "class_name": "二年2班", "kind": "学校师生"}),
        "summary.write": ("dora", "/desk/units/3501-FL/summary", {"text": "另一份总结", "what": "hand_in"}),
    }  # fmt: skip


ON_EACH = (
    "lesson_stories.settle", "office.reset", "office.reopen", "office_backup.plan", "office_recommendations.said",
    "office_summaries.answer", "office_works.judge", "person.correct", "person_homes.join", "person_homes.move",
    "person_links.confirm", "platform_certificates.record", "roster.add", "summary.write",
)  # fmt: skip


def _all_state(pages) -> tuple[object, ...]:
    """What those acts change."""
    with pages.store.reading() as r:
        return (
            *_state(pages)[2:],
            r.all("select work, counts, likes from works order by work"),
            r.all("select unit, state, text, reason from summaries order by unit"),
            r.all("select * from recommendations order by 1, 2, 3"),
            r.all("select person, number from platform_certificates order by 1, 2"),
            r.all("select person, home from people order by person"),
            r.all("select person, unit from memberships order by 1, 2"),
            r.all("select subject, matter from review order by 1, 2"),
            r.all("select person, recovered from local_pages order by 1, 2"),
            backups.plan_of(r),
        )


def test_every_other_act_is_told_in_a_line_and_taken_back_in_one_press(pages, one_of_each):
    with pages.store.writing() as w:
        new_page(w, one_of_each["twin"], recovered=True)
        governing.set_active(w, worlds.load(w), pages.accounts["root"], pages.accounts["elias"].account, active=False)
    acts = _acts_on_each(pages, one_of_each)
    assert tuple(acts) == ON_EACH
    for view, (who, where, typed) in acts.items():
        before = _all_state(pages)
        done = post(pages, where, who=who, **typed)
        assert done.status_code in {200, 303}, f"{view}: {done.text}"
        assert _all_state(pages) != before, view
        back = undone(pages, done, who)
        assert back.status_code == 303, f"{view}: {back.text}"
        assert _all_state(pages) == before, view
        assert "<strong>已撤销</strong>" in see(pages, back.location, who), view


def test_every_view_that_one_press_takes_back_is_tried(pages):
    (aya,) = school(pages, "阿雅")
    declared(pages, aya)
    match = pages.app.url_map.bind("localhost").match
    tried = {match(where, method="POST")[0] for _, where, _ in _acts(pages, aya).values()} | set(ON_EACH)
    assert {view for view, way in UNDONE.items() if way is None} == tried - PREVIEWED.keys()


def test_a_summary_that_was_answered_is_not_taken_back_in_one_press(pages):
    at, office = "/desk/units/3501-FL/summary", "/office/summaries/3501-FL"
    done = post(pages, at, text="组织了三场演练", what="hand_in")
    answered = post(pages, office, who="root", answer="return", reason="请补充人数", summary=hidden(see(pages, office), "summary"))
    assert "上级已经看过并答复了" in see(pages, told_at(done), "dora")
    assert undone(pages, answered, "root").status_code == 303
    assert undone(pages, done).status_code == 303
    assert "组织了三场演练" not in see(pages, at, "dora")


def test_a_password_link_taken_back_opens_nothing_and_one_that_was_used_stays_used(pages):
    farid = pages.accounts["farid"].account
    done = post(pages, f"/office/accounts/{farid}/reset", who="root")
    page = see(pages, told_at(done))
    (link,) = set(re.findall(r"(/link/\w+)", page))
    assert "farid" in page
    assert undone(pages, done, "root").status_code == 303
    assert pages.browser().get(link).status_code == 404
    again = post(pages, f"/office/accounts/{farid}/reset", who="root")
    (link,) = set(re.findall(r"(/link/\w+)", see(pages, told_at(again))))
    assert post(pages, link, who="nobody", password=PASSWORD).status_code == 303
    refused = undone(pages, again, "root")
    assert (refused.status_code, "已经用过" in refused.text) == (404, True)


def test_an_import_is_taken_back_in_one_press_and_what_was_built_on_it_asks_for_a_reason(pages):
    _, done = import_csv(pages, "lessons", "编号,名称,课时,时长\nV7,防震,1,40\n")
    text = see(pages, done.location)
    assert "撤销后这一批全部不算" in text
    assert "仍要撤销" not in text
    assert send(pages, done.location.partition("?")[0] + "/undo").status_code == 303
    with pages.store.reading() as r:
        assert "V7" not in lessons_of(worlds.load(r))
    _, again = import_csv(pages, "lessons", "编号,名称,课时,时长\nV8,防火,1,40\n")
    drawn = hidden(see(pages, "/office/lessons/of/V8"), "shown")
    changed = LESSON | {"name": "防火（新）", "shown": drawn}
    assert send(pages, "/office/lessons/of/V8", **changed).status_code == 303
    text = see(pages, again.location)
    assert ("不能一按就撤" in text, "仍要撤销" in text) == (True, True)
