"""What the README promises is so; what is so, the README names."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from campmgr import errors
from tests.house.sources import ROOT, relative, text_files

README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")


def test_readme_names_every_reason():
    printed = {name: meaning for name, meaning in _rows(r"`(\w+)`") if name not in {"rules", "ledger", "store", "demo", "files"}}
    wanted = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in errors.REASONS.items())
    assert printed == errors.REASONS, f"the table of reasons should be:\n{wanted}"


def test_readme_names_every_exit_code():
    printed = {int(code) for code, _ in _rows(r"(\d+)")}
    assert printed == {0} | {kind.exit_code for kind in _family(errors.CampError)}


@pytest.mark.parametrize("name", ["demo", "test"])
def test_readme_commands_are_one_line_that_brings_its_own_environment(name):
    (line,) = _block(name)
    assert line.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert line.endswith(".venv/bin/campmgr demo" if name == "demo" else ".venv/bin/pytest")


@pytest.mark.parametrize("name", ["demo", "test"])
def test_ci_takes_the_command_from_the_readme(name):
    function = re.search(r"^readme_command\(\) \{.*?^\}", CI, re.MULTILINE | re.DOTALL)
    assert function
    done = subprocess.run(
        ["bash", "-c", f"{function.group()}\nreadme_command {name}"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == _block(name)
    assert f"readme_command {name})" in CI


def test_ci_can_be_started():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)


def test_readme_begins_in_chinese_for_its_users():
    first = README.split("\n\n")[1]
    assert len(re.findall(r"[\u4e00-\u9fff]", first)) > 50


def test_changelog_has_unreleased_lines_on_top():
    sections = re.split(r"^## ", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    assert sections[1].startswith("Unreleased\n")
    assert [line for line in sections[1].splitlines() if line.startswith("- ")]


def test_code_points_to_docs_only():
    found = [
        f"{relative(path)}:{number}: {line.strip()}"
        for path in text_files("campmgr", "templates", "static", "tests", "docs", "README.md", "pyproject.toml", ".ci")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if _ELSEWHERE.search(line) and path.name != "test_docs.py"
    ]
    assert not found, "say it here, or point to a section of docs/, as in docs/ledger.md#order:\n" + "\n".join(found)


def test_every_pointer_to_docs_leads_somewhere():
    lost = [
        f"{relative(path)}: {page}.md#{section}"
        for path in text_files("campmgr", "templates", "static", "tests", "docs", "README.md", "CHANGELOG.md", "pyproject.toml")
        for page, section in re.findall(r"(?<![\w/])docs/([\w-]+)\.md(?:#([\w-]+))?", path.read_text("utf-8"))
        if section not in _sections(page)
    ]
    assert not lost, f"no such page or section of docs/: {lost}"


_ELSEWHERE = re.compile(r"\b(?:design|issue) \d|\bshared/", re.IGNORECASE)
"""How a text points at what is not in this repository."""


def _sections(page: str) -> set[str]:
    """The anchors of a page of docs/, and "" for the page itself; none where there is no such page."""
    path = ROOT / "docs" / f"{page}.md"
    headings = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE) if path.exists() else []
    return {"", *(re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings)} if headings else set()


def _rows(first_cell: str) -> list[tuple[str, str]]:
    """The two-column table rows of the README whose first cell looks so."""
    return re.findall(rf"^\| {first_cell} \| (.+) \|$", README, re.MULTILINE)


def _block(name: str) -> list[str]:
    """The lines of the README's fenced block with this tag."""
    return re.findall(rf"^```sh {name}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)[0].splitlines()


def _family(kind: type[errors.CampError]) -> list[type[errors.CampError]]:
    return [kind] + [below for child in kind.__subclasses__() for below in _family(child)]
