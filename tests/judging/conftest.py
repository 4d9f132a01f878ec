"""A contest in the root's own data file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.judging.stage import Contest
from tests.kit.story import Cast, Node


@pytest.fixture(scope="session")
def _contest_once(made_once) -> Path:
    return made_once("judging", _open)


def _open(folder: Path) -> Path:
    cast = Cast(folder)
    Contest(cast.root(lessons=())).opens()
    cast.close()
    return folder / "省"


@pytest.fixture
def contest(_contest_once, tmp_path) -> Iterator[Contest]:
    """Opened, without works and judges."""
    node = Node(tmp_path, "copy")
    shutil.rmtree(node.folder)
    shutil.copytree(_contest_once, node.folder)
    yield Contest(node)
    node.close()
