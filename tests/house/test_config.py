"""Where the data file, the state folder and the pages are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from campmgr import config
from campmgr.errors import Trouble


def test_data_file_option_wins_over_environment(monkeypatch):
    monkeypatch.setenv("CAMPMGR_DB", "environment.sqlite")
    assert config.data_file("option.sqlite") == Path("option.sqlite")
    assert config.data_file(None) == Path("environment.sqlite")


@pytest.mark.parametrize("empty", [None, ""])
def test_data_file_is_in_the_users_data_folder_when_nothing_is_said(monkeypatch, empty):
    monkeypatch.setenv("CAMPMGR_DB", "")
    place = config.data_file(empty)
    assert place.is_absolute()
    assert (place.parent.name, place.name) == ("campmgr", "camp.sqlite")


def test_data_file_understands_the_home_sign():
    assert config.data_file("~/camp.sqlite") == Path.home() / "camp.sqlite"


def test_state_folder_follows_the_environment_else_is_apart_from_the_data(monkeypatch):
    monkeypatch.setenv("CAMPMGR_STATE", "stick/state")
    assert config.state_folder() == Path("stick/state")
    monkeypatch.delenv("CAMPMGR_STATE")
    assert config.state_folder().is_absolute()
    assert "campmgr" in config.state_folder().parts


def test_asking_makes_no_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("CAMPMGR_STATE", str(tmp_path / "state"))
    config.state_folder()
    config.data_file(str(tmp_path / "data" / "camp.sqlite"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["templates", "static"])
def test_package_folder_is_found(name):
    assert config.package_folder(name).is_dir()
    assert config.package_folder(name).name == name


def test_package_folder_missing_is_said_in_a_sentence():
    with pytest.raises(Trouble) as caught:
        config.package_folder("nowhere")
    assert "nowhere" in caught.value.sentence
    assert "重新安装" in caught.value.hint
