"""Two coordinators and a federation share one pupil: the school records, the federation sees it in the family and signs in, the
company's parent stands beside; each changes what is its own, and one pupil counts once.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page, ViewportSize, expect

from campmgr.accounts.governing import NewAccount, Place, open_account
from campmgr.accounts.logging_in import open_device
from campmgr.areas.people.actions.people import Registration, add_membership, register
from campmgr.areas.people.queries.finding import people_by_id
from campmgr.areas.units.actions.units import UnitRow, add_unit
from campmgr.facts import world as worlds
from campmgr.facts.finding import find_unit
from campmgr.ids import random_token
from campmgr.store.door import Writer
from tests.browser.conftest import LAPTOP, NARROW

PHONE = "10000001111"
CLASS = "九年9班"


def test_two_coordinators_and_a_federation_share_one_pupil(visitors, served):
    with served.store.writing() as w:
        world = worlds.load(w)
        school = find_unit(world, served.built.school)
        office = add_unit(w, UnitRow(f"{served.built.school}-W", "家校演练社区", school.parent, "社区"))
        branch = add_unit(w, UnitRow("3501-FL-9", "家校演练妇联分会", "3501-FL", "妇联"))
        places = {"school": served.built.school, "office": office.subject[5:], "branch": branch.subject[5:]}
        tokens = {who: _enters(w, who, unit) for who, unit in places.items()}
        pupil = register(w, Registration(school.unit, "洪小满", "F1", CLASS, PHONE, "学校师生"))
        parent = register(w, Registration(places["office"], "洪大海", "F2", "", PHONE, "社区(村)居民"))
        for person in (pupil, parent):
            add_membership(w, people_by_id(w, [person])[person], places["branch"])

    def window(who: str, size: ViewportSize = LAPTOP) -> Page:
        page: Page = visitors.open(size=size)
        port = served.address.rpartition(":")[2]
        page.context.add_cookies([{"name": "campmgr" + port.rjust(6, "-"), "value": tokens[who], "url": served.address}])
        return page

    # the school marks its class; the community marks the parent
    teacher = window("school")
    teacher.goto(f"/desk/units/{school.address}/marking?class={CLASS}&what=V07&day=2023-07-01")
    teacher.locator("#press").click()
    expect(teacher.get_by_role("status").first).to_contain_text("已登记")
    neighbour = window("office")
    neighbour.goto(f"/desk/people/{parent}#record")
    neighbour.locator("#record select[name=lesson]").select_option("V08")
    neighbour.locator("#record").get_by_role("button", name="登记").click()
    expect(neighbour.get_by_role("status").first).to_contain_text("已登记")

    # the federation sees both in one family, with who recorded what, and marks the same lesson on another day: it counts once
    federation = window("branch", size=NARROW)
    federation.goto("/desk/")
    families = federation.locator("#families")
    expect(families.locator(".family")).to_contain_text("洪家")
    row = families.locator("tr", has_text="洪小满")
    expect(row).to_contain_text(CLASS)
    hours = row.locator("td.n").inner_text()
    assert hours != "0.00"
    row.get_by_role("link", name="登记").click()
    federation.locator("#record select[name=lesson]").select_option("V07")
    federation.locator("#record [name=day]").fill("2023-06-30")
    federation.locator("#record").get_by_role("button", name="登记").click()
    expect(federation.get_by_role("status").first).to_contain_text("已登记")
    federation.goto("/desk/")
    expect(families.locator("tr", has_text="洪小满").locator("td.n")).to_have_text(hours)

    # a filter swaps the families alone and has an address of its own; what the school recorded is not the federation's to change
    families.get_by_role("link", name=re.compile("全部")).click()
    expect(federation).to_have_url(re.compile("/families"))
    expect(families.locator("tr", has_text="洪大海")).to_be_visible()
    federation.goto(f"/desk/people/{pupil}")
    expect(federation.get_by_role("link", name="更正或撤回")).to_have_count(1)  # the one it recorded itself
    expect(federation.get_by_role("link", name="有不对的，请上级更正")).to_be_visible()
    teacher.goto(f"/desk/people/{pupil}")
    expect(teacher.get_by_text(hours).first).to_be_visible()
    neighbour.goto(f"/desk/people/{pupil}")
    expect(neighbour.get_by_text("没有这个人")).to_be_visible()


def _enters(w: Writer, who: str, unit: str) -> str:
    account = open_account(w, NewAccount(f"family-{who}", who, random_token()), Place("coordinator", unit))
    return open_device(w, account.account, "家校演练", kept=True)
