"""What is made belongs to its owner alone, on either system, and a file is put in place while a scanner holds it."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from campmgr.disk import close_to_others, make_folder, open_to, put_in_place, strangers


@pytest.mark.skipif(sys.platform == "win32", reason="rights of Unix")
def test_files_and_folders_are_closed_and_open_ones_are_named(tmp_path):
    folder, file = tmp_path / "own" / "deeper", tmp_path / "own" / "中文 名单.sqlite"
    make_folder(folder)
    file.touch()
    file.chmod(0o644)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert open_to(file) == "本机所有用户"
    file.chmod(0o640)
    assert open_to(file) == "同组用户"
    close_to_others(file)
    assert open_to(file) == open_to(folder) == ""


class Windows:
    """icacls as it would be called: notes the commands, writes the access list it is told."""

    def __init__(self, rights: str = "") -> None:
        self.commands: list[list[str]] = []
        self.rights = rights

    def __call__(self, command) -> None:
        self.commands.append(list(command))
        if "/save" in command:
            Path(command[-1]).write_text(f"camp.sqlite\n{self.rights}\n", "utf-16")


def test_on_windows_inheritance_ends_and_the_user_system_and_administrators_stay(tmp_path, monkeypatch):
    monkeypatch.setenv("USERDOMAIN", "OFFICE")
    monkeypatch.setenv("USERNAME", "林 老师")
    run, file = Windows(), tmp_path / "中文 名单.sqlite"
    file.touch()
    close_to_others(file, system="nt", run=run)
    close_to_others(tmp_path, system="nt", run=run)
    grants = ["OFFICE\\林 老师:{}F", "*S-1-5-18:{}F", "*S-1-5-32-544:{}F"]
    assert run.commands == [
        ["icacls", str(path), "/inheritance:r", "/grant:r", *(each.format(deep) for each in grants)]
        for path, deep in ((file, ""), (tmp_path, "(OI)(CI)"))
    ]


OWN = "(A;;FA;;;SY)(A;;FA;;;BA)(A;;FA;;;S-1-5-21-1-2-3-1001)"


@pytest.mark.parametrize(("rights", "who"), [
    (f"D:PAI{OWN}", ""),
    (f"D:AI{OWN}(A;ID;0x1200a9;;;BU)", "本机所有用户"),
    (f"D:AI(A;ID;0x1301bf;;;AU){OWN}(A;OICIID;FR;;;WD)", "所有登录用户、所有人"),
    (f"D:AI{OWN}(A;OICIIO;FA;;;BU)", ""),
    (f"D:AI(D;;FA;;;WD){OWN}", ""),
])  # fmt: skip
def test_an_access_list_says_who_else_may_read(tmp_path, rights, who):
    assert strangers(rights) == who
    assert open_to(tmp_path, system="nt", run=Windows(rights)) == who


@pytest.mark.parametrize(
    "problem", [OSError("no icacls"), subprocess.CalledProcessError(5, "icacls"), subprocess.TimeoutExpired("icacls", 30)]
)
def test_a_stick_without_access_lists_stops_nothing(tmp_path, problem):
    def fails(_command) -> None:
        raise problem

    close_to_others(tmp_path, system="nt", run=fails)
    assert open_to(tmp_path, system="nt", run=fails) == ""


def test_a_file_that_a_scanner_holds_is_put_in_place_a_moment_later(tmp_path):
    tries: list[Path] = []
    waited: list[float] = []

    def held_twice(source, target) -> None:
        tries.append(target)
        if len(tries) < 3:
            raise PermissionError(13, "held by a scanner")
        source.replace(target)

    (tmp_path / "名单.part").write_text("new\r\n", newline="")
    (tmp_path / "名单.xlsx").write_text("old")
    put_in_place(tmp_path / "名单.part", tmp_path / "名单.xlsx", system="nt", replace=held_twice, wait=waited.append)
    assert (tmp_path / "名单.xlsx").read_bytes() == b"new\r\n"
    assert len(waited) == 2
    assert sum(waited) < 1


def test_one_that_is_held_for_good_is_a_failure_after_three_seconds(tmp_path):
    waited: list[float] = []

    def held(_source, _target) -> None:
        raise PermissionError(13, "open in WPS")

    with pytest.raises(PermissionError):
        put_in_place(tmp_path / "a", tmp_path / "b", system="nt", replace=held, wait=waited.append)
    assert 2 < sum(waited) < 5


def test_elsewhere_nothing_is_waited_for(tmp_path):
    waited: list[float] = []
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path / "a", tmp_path / "b", system="posix", wait=waited.append)
    assert waited == []
