"""What the README promises is so: its two commands, word for word, are those that CI runs."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from tests.house.sources import ROOT

README = (ROOT / "README.md").read_text("utf-8")
CI = (ROOT / ".ci" / "run").read_text("utf-8")
MOST_LINES = 120
MOST_BYTES = 150_000


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


def test_readme_is_for_its_readers():
    assert len(README.splitlines()) <= MOST_LINES, "what a developer needs goes into docs/"
    assert len(re.findall(r"[\u4e00-\u9fff]", README)) > len(re.findall(r"[A-Za-z]{2,}", README))


def test_every_link_leads_somewhere():
    links = [
        link for page in ("README.md", "CONTRIBUTING.md") for link in re.findall(r"\]\(([^)#]+)", (ROOT / page).read_text("utf-8"))
    ]
    lost = [link for link in links if not (ROOT / link).exists()]
    assert not lost, f"no such file: {lost}"


def test_its_pictures_are_small():
    sizes = {path.name: path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()}
    assert set(sizes) == {"desk.png", "phone.png"}
    assert all(size < MOST_BYTES for size in sizes.values()), f"take them again: python -m tests.browser.pictures ({sizes})"


def _block(name: str) -> list[str]:
    """The lines of the README's fenced block with this tag."""
    return re.findall(rf"^```sh {name}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)[0].splitlines()
