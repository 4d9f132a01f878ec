"""What the shipped presets come to, byte for byte: the resolved rules with their digest, `rules show`, and what the pages say.

The files in `golden/` change only where a setting is added or changed on purpose; a failing test says how to accept that.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from campmgr.app.web_app import Settings, create_app
from campmgr.areas.whole import CATALOGUE
from tests.kit.office import see
from tests.kit.page_lines import page_lines
from tests.kit.pages import CHEAP
from tests.kit.set_up import set_up_pages

GOLDEN = Path(__file__).parent / "golden"
PRESETS = ("escape-drill-2023", "camp")


_RECOVERY_CODE = re.compile("[0-9A-Z]{8}(-[0-9A-Z]{8}){3}")


def check(said: str, name: str, folder: Path) -> None:
    """Hold a text against its golden file; what differs is left in a folder, to be looked at and accepted."""
    golden, found = GOLDEN / name, folder / name
    if said != golden.read_text("utf-8"):
        found.write_text(said, "utf-8")
        pytest.fail(f"look at the difference, and if it is meant, accept it: diff -u {golden} {found}; cp {found} {golden}")


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_resolves_to_the_same_rules(preset, tmp_path):
    rules = CATALOGUE.book.preset(preset)
    found = {"digest": rules.digest(), "rules": rules.to_mapping(), "shown": [asdict(line) for line in rules.show()]}
    check(json.dumps(found, ensure_ascii=False, indent=1) + "\n", f"{preset}.json", tmp_path)


@pytest.mark.parametrize("preset", PRESETS)
def test_the_set_up_page_says_the_same(preset, tmp_path):
    app = create_app(None, Settings(tmp_path / "camp.sqlite", "token", CHEAP))
    said = "".join(f"== {key}\n{page_lines(page)}" for key, page in set_up_pages(app.test_client(), preset))
    lines = _RECOVERY_CODE.sub("（恢复码）", said)  # another one each time the page is asked for
    check(lines, f"set-up-{preset}.txt", tmp_path)


def test_the_rules_page_and_the_form_of_every_setting_say_the_same(pages, tmp_path):
    paths = ["", *(key for key in CATALOGUE.book.fields if not key.startswith("preset."))]
    said = "".join(f"== {path}\n{page_lines(see(pages, f'/office/rules/{path}'))}" for path in paths)
    check(said, "rules-pages.txt", tmp_path)
