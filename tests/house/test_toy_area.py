"""A new area is its folder, its templates, its tests, and one line: walked with the example of docs/add-an-area.md."""

from __future__ import annotations

import difflib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from campmgr import config
from tests.house.places import USES
from tests.house.sources import ROOT
from tests.house.walls import complaints

TOY = ROOT / "tests" / "toy_area"
LINE = '    "tools",\n'

_PAGE = """
import sys
from pathlib import Path
from campmgr.accounts.governing import NewAccount, Place, login_link, open_account
from campmgr.app.web_app import Settings, create_app
from campmgr.areas.whole import CATALOGUE
from campmgr.store import data_file
store = data_file.open_file(Path(sys.argv[1]), CATALOGUE)
app = create_app(store, Settings(store.path))
print([rule.rule for rule in app.url_map.iter_rules() if "tools" in rule.rule])
browser = app.test_client()
with store.writing() as w:
    account = open_account(w, NewAccount("zheng", "郑主任", "a-long-password-of-nobody"), Place("organizer", "35"))
    link = login_link(w, account.account)
browser.post("/link/" + link, headers={"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"})
print(browser.get("/office/tools/").status_code)
print(browser.get("/office/tools/").text)
data_file.close(store)
"""

_FOLDS = "from campmgr.areas.whole import CATALOGUE as c; from campmgr.facts.fold_registry import FoldRegistry; FoldRegistry(c)"


class House:
    """A copy of the program with the toy area in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "campmgr", folder / "campmgr", ignore=ignored)
        for name in ("templates", "static"):
            shutil.copytree(config.package_folder(name), folder / name, ignore=ignored)
        shutil.copytree(TOY / "tools", folder / "campmgr" / "areas" / "tools", ignore=ignored)
        shutil.copytree(TOY / "templates", folder / "templates" / "tools")
        self.register = folder / "campmgr" / "areas" / "register.py"
        before = self.register.read_text("utf-8")
        self.register.write_text(before.replace('    "nodes",\n', '    "nodes",\n' + LINE), "utf-8")
        self.diff = [line for line in difflib.ndiff(before.splitlines(True), self.register.read_text("utf-8").splitlines(True))
                     if line[0] in "+-"]  # fmt: skip

    def run(self, *words: object) -> subprocess.CompletedProcess[str]:
        own = {
            "PYTHONPATH": str(self.folder),
            "CAMPMGR_DB": str(self.folder / "camp.sqlite"),
            "CAMPMGR_STATE": str(self.folder / "s"),
            "PYTHONDONTWRITEBYTECODE": "1",  # a file that is written twice in a second at one length would be taken for the first
        }
        return subprocess.run(
            [sys.executable, *map(str, words)],
            cwd=self.folder,
            env={**os.environ, **own},
            capture_output=True,
            text=True,
            check=False,
        )

    def json(self, *words: object) -> dict:
        done = self.run("-m", "campmgr", *words, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        told: dict = json.loads(done.stdout)
        return told


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> House:
    made = House(tmp_path_factory.mktemp("house"))
    made.json("open", "--preset", "escape-drill-2023")
    made.json("tool", "lend", "--unit", "3501", "--name", "灭火器", "--count", 12)
    return made


def test_the_difference_outside_its_own_folder_is_one_line(house):
    assert house.diff == ["+ " + LINE]


@pytest.mark.parametrize("path", sorted((TOY / "tools").glob("*.py")), ids=lambda path: path.name)
def test_it_keeps_to_the_rules_of_the_house(monkeypatch, path):
    monkeypatch.setitem(USES, "tools", ("units",))
    assert complaints(f"campmgr/areas/tools/{path.name}", path.read_text("utf-8")) == []


def test_its_kind_and_fold_bring_its_table(house):
    assert house.json("report", "tools")["rows"] == [{"unit": "3501", "name": "灭火器", "count": 12}]
    assert house.json("verify")["ok"]
    assert house.json("rebuild")["changed"] is False
    house.json("tool", "lend", "--unit", "3501", "--name", "灭火器", "--count", 15)
    assert house.json("report", "tools")["rows"] == [{"unit": "3501", "name": "灭火器", "count": 15}]


def test_its_setting_is_shown_set_and_obeyed(house):
    shown = house.json("rules", "show")
    assert "tools.most" in json.dumps(shown)
    house.json("rules", "set", "tools.most", 20)
    refused = house.run("-m", "campmgr", "tool", "lend", "--unit", "3501", "--name", "水带", "--count", 21)
    assert (refused.returncode, "最多领 20 件" in refused.stderr) == (5, True)


def test_its_spreadsheet_is_taken_in_and_every_row_is_accounted_for(house):
    sheet = house.folder / "tools.csv"
    sheet.write_text("单位,器材,件数\n3502,安全绳,4\n9999,安全绳,4\n3502,梯子,很多\n", "utf-8")
    done = house.json("import", "tools", sheet)
    assert (done["rows"], done["new"], [(each["row"], each["column"]) for each in done["rejects"]]) == (
        3,
        1,
        [(3, "单位"), (4, "件数")],
    )
    assert {"unit": "3502", "name": "安全绳", "count": 4} in house.json("report", "tools")["rows"]


def test_its_commands_and_reports_stand_in_the_help(house):
    assert "  tool " in house.run("-m", "campmgr", "--help").stdout
    assert "  tools " in house.run("-m", "campmgr", "report", "--help").stdout
    assert "tools" in house.run("-m", "campmgr", "import", "--help").stdout


def test_its_page_is_served_and_linked(house):
    done = house.run("-c", _PAGE, house.folder / "camp.sqlite")
    assert done.returncode == 0, done.stderr
    rules, status, page = done.stdout.split("\n", 2)
    assert (rules, status) == ("['/office/tools/']", "200")
    assert "灭火器" in page
    assert 'href="/office/tools/"' in page


def test_an_area_that_names_what_is_not_there_says_so_with_its_file(house):
    area = house.folder / "campmgr" / "areas" / "tools" / "area.py"
    before = area.read_text("utf-8")
    for right, wrong, says in (
        ("tools.fold:FOLDS", "tools.folds:FOLDS", "campmgr/areas/tools/area.py: names campmgr.areas.tools.folds:FOLDS"),
        ('uses=("units",)', 'uses=("things",)', "campmgr/areas/tools/area.py: uses 'things'"),
    ):
        area.write_text(before.replace(right, wrong), "utf-8")
        done = house.run("-c", _FOLDS)
        assert says in done.stderr
    area.write_text(before, "utf-8")
