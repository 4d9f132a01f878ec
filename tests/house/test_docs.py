"""What docs/ says is so; what is so, docs/ names; and every pointer leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from campmgr import errors
from tests.house.draw import DRAWN
from tests.house.places import LAYERS, LEVELS
from tests.house.sources import ROOT, relative, text_files

DOCS = {path.stem: path.read_text("utf-8") for path in text_files("docs") if path.suffix == ".md"}
TEXTS = (
    "campmgr",
    "templates",
    "static",
    "tests",
    "docs",
    ".ci/run",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "pyproject.toml",
)

_ELSEWHERE = re.compile(r"\b(?:design|issue) \d|\bshared/", re.IGNORECASE)
"""How a text points at what is not in this repository."""


def test_every_reason_is_in_the_table():
    wanted = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in errors.REASONS.items())
    assert dict(_rows("reasons", r"`(\w+)`")) == errors.REASONS, f"the table in docs/reasons.md should be:\n{wanted}"


def test_every_exit_code_is_in_the_table():
    printed = {int(code) for code, _ in _rows("commands", r"(\d+)")}
    assert printed == {0} | {kind.exit_code for kind in _family(errors.CampError)}


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_drawn_from_the_code_is_up_to_date(name):
    assert (ROOT / name).read_text("utf-8") == DRAWN[name](), "draw it again: python -m tests.house.draw"


def test_code_points_to_docs_only():
    found = [
        f"{relative(path)}:{number}: {line.strip()}"
        for path in text_files(*TEXTS)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if _ELSEWHERE.search(line) and path.name != "test_docs.py"
    ]
    assert not found, "say it here, or point to a section of docs/, as in docs/ledger.md#order:\n" + "\n".join(found)


def test_every_pointer_to_docs_leads_somewhere():
    pointed = [
        (path, page, section)
        for path in text_files(*TEXTS)
        for page, section in re.findall(r"(?<![\w/])docs/([\w-]+)\.md(?:#([\w-]+))?", path.read_text("utf-8"))
    ]
    pointed += [
        (ROOT / "docs" / f"{at}.md", page or at, section)
        for at, text in DOCS.items()
        for page, section in re.findall(r"\]\((?:([\w-]+)\.md)?(?:#([\w-]+))?\)", text)
    ]
    lost = [f"{relative(path)}: {page}.md#{section}" for path, page, section in pointed if section not in _sections(page)]
    assert not lost, f"no such page or section of docs/: {lost}"


def test_every_file_that_docs_name_is_there():
    named = {
        (page, name)
        for page, text in DOCS.items()
        for name in re.findall(r"`((?:campmgr|tests|templates|static|docs)/[^`]*)`", text)
    }
    lost = sorted(
        f"docs/{page}.md: {name}" for page, name in named if not _MADE_UP.search(name) and not list(ROOT.glob(name.rstrip("/")))
    )
    assert not lost, f"no such file: {lost}"


_MADE_UP = re.compile(r"[<…]")
"""A name with a part to fill in: areas/<area>/kinds.py."""


def test_the_recipe_of_an_area_shows_the_example_as_it_is():
    example = "\n".join(path.read_text("utf-8") for path in text_files("tests/toy_area", "tests/house/test_toy_area.py"))
    shown = re.findall(r"^```python\n(.*?)^```$", DOCS["add-an-area"], re.MULTILINE | re.DOTALL)
    assert shown
    assert [block for block in shown if block not in example] == []


def test_the_house_page_has_the_floors_and_layers_as_they_are():
    floors = [" ".join(room for room in LEVELS if LEVELS[room] == level) for level in range(1, max(LEVELS.values()) + 1)]
    assert f"{_downward(floors)} > the ground" in DOCS["house"]
    assert _downward(LAYERS) in DOCS["house"]


def _downward(names: Sequence[str]) -> str:
    return " > ".join(f"`{name}`" for name in reversed(names))


def test_changelog_has_unreleased_lines_on_top():
    sections = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    assert sections[1].startswith("Unreleased\n")
    assert [line for line in sections[1].splitlines() if line.startswith("- ")]


def _rows(page: str, first_cell: str) -> list[tuple[str, str]]:
    """The two-column table rows of a page whose first cell looks so."""
    return re.findall(rf"^\| {first_cell} \| (.+) \|$", DOCS[page], re.MULTILINE)


def _sections(page: str) -> set[str]:
    """The anchors of a page of docs/, and "" for the page itself; none where there is no such page."""
    headings = re.findall(r"^#+ (.+)$", DOCS.get(page, ""), re.MULTILINE)
    return {"", *(re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings)} if headings else set()


def _family(kind: type[errors.CampError]) -> list[type[errors.CampError]]:
    return [kind] + [below for child in kind.__subclasses__() for below in _family(child)]
