"""The checker file of a camp whose root was stolen and continued with its paper: proved in the browser alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from campmgr.areas.certificates.files.checker_file import checker_file
from campmgr.areas.certificates.queries.checks import verify_text
from campmgr.areas.nodes.exchange.recovering import replace_paper
from campmgr.facts import world as worlds
from campmgr.facts.recovery import new_recovery
from campmgr.store import upkeep
from tests.kit.certified import ALL, certified
from tests.kit.story import Cast, recovered


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The file that the new root makes, and texts: of the old root before and after, of a school, of the new root."""
    folder, old, paper = tmp_path_factory.mktemp("recovered"), new_recovery(), new_recovery()
    cast = Cast(folder)
    root, school = cast.root(lessons=(ALL,), recovery=old), cast.new("校")
    root.adds("S1", "350102", "学校", name="第一小学")
    root.enrols(school, "S1")
    root.do(replace_paper, old, paper)
    texts = {"before": certified(root, "350104", "张三", "001"), "school": certified(school, "S1", "李四", "002")}
    school.sends(root)
    upkeep.backup(root.store, folder / "backup.sqlite")
    new = recovered(cast, paper, folder / "backup.sqlite")
    texts["thief"] = certified(root, "350104", "王五", "003")
    texts["new"] = certified(new, "350104", "赵六", "004")
    (folder / "核验.html").write_bytes(new.see(lambda r: checker_file(r, worlds.load(r))))
    yield folder / "核验.html", texts, new, school
    cast.close()


@pytest.mark.parametrize(("which", "state"), [("before", "valid"), ("school", "valid"), ("new", "valid"), ("thief", "unknown")])
def test_what_the_thief_signs_is_worth_nothing(browser, told, which, state):
    path, texts, new, school = told
    new.gives(school)
    assert new.see(lambda r: verify_text(r, worlds.load(r), texts[which])).state == state
    page = browser.new_page()
    page.goto(path.as_uri())
    assert page.evaluate("(text) => camp.verify(text).state", texts[which]) == state
    expect(page.locator("#until")).not_to_be_empty()
    page.close()
