"""The wheel is whole: built, installed where nothing else of ours is, and started."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import campmgr
from tests.house.sources import ROOT

_CARRIED = {"campmgr": ROOT / "campmgr", "campmgr/templates": ROOT / "templates", "campmgr/static": ROOT / "static"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel of this tree, built with the installed build backend, so without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def bin_folder(wheel, tmp_path_factory):
    """The programs of a new environment that holds the wheel, and sees this one's third parties but not this tree.

    A folder named in a .pth file has its own .pth files passed over, so an editable installation of ours stays unseen.
    """
    folder = tmp_path_factory.mktemp("installed")
    _run(sys.executable, "-m", "venv", "--without-pip", folder)
    binaries = folder / ("Scripts" if os.name == "nt" else "bin")
    _run(sys.executable, "-m", "pip", "--python", binaries / "python", "install", "--quiet", "--no-deps", "--no-index", wheel)
    site = Path(_run(binaries / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    paths = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    (site / "third-parties.pth").write_text("\n".join(paths) + "\n", "utf-8")
    return binaries


def test_wheel_carries_every_file_of_ours(wheel):
    packed = set(zipfile.ZipFile(wheel).namelist())
    expected = {f"{inside}/{name}" for inside, folder in _CARRIED.items() for name in _files(folder)}
    assert {name for name in packed if name.startswith("campmgr/")} == expected
    assert {name.split("/")[0] for name in packed} == {"campmgr", f"campmgr-{campmgr.__version__}.dist-info"}


def test_wheel_records_its_terms_and_no_address(wheel):
    archive = zipfile.ZipFile(wheel)
    name = f"campmgr-{campmgr.__version__}.dist-info"
    head = archive.read(f"{name}/METADATA").decode().split("\n\n")[0].splitlines()
    assert "License-Expression: MIT" in head
    assert "Requires-Python: >=3.11" in head
    assert not [line for line in head if "://" in line]
    assert "MIT License" in archive.read(f"{name}/licenses/LICENSE").decode()


@pytest.mark.parametrize("name", ["templates", "static"])
def test_installed_package_finds_its_pages(bin_folder, name):
    place = _run(bin_folder / "python", "-c", f"from campmgr import config; print(config.package_folder({name!r}))")
    assert Path(place.strip()) == _package(bin_folder) / name


def test_installed_program_starts(bin_folder):
    assert _package(bin_folder).is_relative_to(bin_folder.parent.resolve())
    assert "Usage: campmgr" in _run(bin_folder / "campmgr", "--help")


def _package(binaries) -> Path:
    """Where the installed program finds our package."""
    return Path(_run(binaries / "python", "-c", "import campmgr; print(campmgr.__file__)").strip()).resolve().parent


def _files(folder) -> set[str]:
    inside = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in inside}


def _run(*command) -> str:
    """What a program prints, started away from this tree."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([*map(str, command)], cwd=ROOT.parent, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
