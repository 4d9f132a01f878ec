"""What the shipped presets come to, byte for byte: the resolved rules with their digest, `rules show`, and what the pages say.

The files in `golden/` are older than the division of the settings by area, and are never written again.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from campmgr.app.web_app import Settings, create_app
from campmgr.areas.whole import CATALOGUE
from tests.kit.office import see
from tests.kit.page_lines import page_lines
from tests.kit.pages import CHEAP

GOLDEN = Path(__file__).parent / "golden"
PRESETS = ("escape-drill-2023", "camp")


def golden(name: str) -> str:
    return (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_resolves_to_the_same_rules(preset):
    rules = CATALOGUE.book.preset(preset)
    found = {"digest": rules.digest(), "rules": rules.to_mapping(), "shown": [asdict(line) for line in rules.show()]}
    assert json.dumps(found, ensure_ascii=False, indent=1) + "\n" == golden(f"{preset}.json")


@pytest.mark.parametrize("preset", PRESETS)
def test_the_set_up_page_says_the_same(preset, tmp_path):
    app = create_app(None, Settings(tmp_path / "camp.sqlite", "token", CHEAP))
    page = app.test_client().get(f"/setup/token?preset={preset}").text
    assert page_lines(page) == golden(f"set-up-{preset}.txt")


def test_the_rules_page_and_the_form_of_every_setting_say_the_same(pages):
    paths = ["", *(key for key in CATALOGUE.book.fields if not key.startswith("preset."))]
    said = "".join(f"== {path}\n{page_lines(see(pages, f'/office/rules/{path}'))}" for path in paths)
    assert said == golden("rules-pages.txt")
