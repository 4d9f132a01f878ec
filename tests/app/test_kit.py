"""The kit by what is in it: archives checked, wheels of the right system, scripts as each system reads them, paths short enough."""

from __future__ import annotations

import re
import subprocess
import tarfile
import zipfile

import pytest

from campmgr.app.kit.making import LOOK_HERE, START, START_OPEN, make
from campmgr.app.kit.platforms import SYSTEMS
from campmgr.errors import BadInput, CampError
from campmgr.files.typesetting import unpack
from tests.kit.kit_archives import elf, linux_python, pe, wheels, windows_python

WINDOWS, LINUX, ARM = (SYSTEMS[name] for name in ("windows-x86_64", "linux-x86_64", "linux-arm64"))


@pytest.fixture(scope="module")
def windows_kit(tmp_path_factory):
    """A Windows kit and its .zip."""
    folder = tmp_path_factory.mktemp("kit")
    archive, told = windows_python(folder / "python.zip")
    made = make(folder / "kit", [(WINDOWS, archive, told)], wheels(folder / "wheels", "win_amd64", "colorama"), print, zipped=True)
    return folder / "kit", made[0]


def test_a_windows_kit_holds_wheels_for_windows_alone(windows_kit):
    kit, part = windows_kit
    app = kit / WINDOWS.folder / "app"
    tags = {re.findall(r"Tag: \S+-(\S+)", each.read_text())[0] for each in app.glob("*.dist-info/WHEEL")}
    assert tags == {"any", "win_amd64"}
    assert (app / "colorama").is_dir()
    assert part.unpacked > 16_000_000  # with the font for certificates


def test_what_nobody_needs_is_left_out_and_licences_are_not(windows_kit):
    kit, _ = windows_kit
    app = kit / WINDOWS.folder / "app"
    assert not [*app.glob("*/tests"), *app.glob("*.dist-info/RECORD"), *app.rglob("__pycache__")]
    assert len([*app.glob("*.dist-info/licenses/LICENSE")]) == len([*app.glob("*.dist-info")])
    assert (app / "campmgr" / "templates" / "base.html").is_file()
    assert (app / "campmgr" / "static" / "vendor" / "htmx.min.js").is_file()


def test_what_sets_pages_is_carried_packed(windows_kit):
    kit, _ = windows_kit
    app = kit / WINDOWS.folder / "app"
    assert [each.name for each in (app / "typst").glob("_typst*")] == ["_typst.pyd.xz"]
    assert (app / "cryptography" / "_cryptography.pyd").stat().st_size == 100_000
    unpack(app / "typst")
    assert (app / "typst" / "_typst.pyd").read_bytes() == bytes(100_000)


@pytest.mark.parametrize(("name", "host"), [(START, b""), (START_OPEN, b" --host 0.0.0.0")])
def test_the_scripts_are_read_by_a_chinese_command_window(windows_kit, name, host):
    """GBK with CRLF, no mark before it; whatever it commands is ASCII, and no half of a character is a sign of the shell."""
    kit, _ = windows_kit
    script = (kit / WINDOWS.folder / f"{name}.bat").read_bytes()
    assert b"campmgr serve --browser" + host + b" %*" in script
    assert script.startswith(b"@echo off\r\n")
    assert script.count(b"\n") == script.count(b"\r\n")
    for line in script.decode("gbk").splitlines():
        if not line.isascii():
            assert re.match(r"echo [^|^&<>%\"]+$", line)
            assert not {0x5C, 0x5E, 0x7C, 0x26} & set(line.encode("gbk"))
    assert b"runas" not in script


def test_python_for_windows_finds_the_packages(windows_kit):
    kit, _ = windows_kit
    settings = kit / WINDOWS.folder / "python" / "python312._pth"
    assert settings.read_bytes() == b"python312.zip\r\n.\r\n..\\app\r\n"


def test_no_path_is_too_long_and_the_zip_holds_all(windows_kit):
    kit, part = windows_kit
    with zipfile.ZipFile(kit.with_suffix(".zip")) as packed:
        names = packed.namelist()
    assert max(map(len, names)) < 200
    assert len(names) == part.files + 1
    assert f"kit/{LOOK_HERE}" in names


def test_the_page_says_64_bit_and_shows_what_is_there(windows_kit):
    kit, _ = windows_kit
    page = (kit / LOOK_HERE).read_text("utf-8")
    assert page.count("data:image/png;base64,") == 3
    assert "32 位的 Windows 用不了" in page
    assert ("<div>\n<p><b>Windows" in page, "<div hidden>\n<p><b>麒麟、统信（64 位 ARM" in page) == (True, True)
    assert not re.search(r"\$\w|https?://(?!www\.w3\.org)", page)


def test_a_linux_kit_keeps_its_rights_in_an_archive(tmp_path):
    archive, told = linux_python(tmp_path / "python.tar.gz")
    tag = "manylinux_2_17_x86_64.manylinux2014_x86_64"
    part = make(tmp_path / "kit", [(LINUX, archive, told)], wheels(tmp_path / "wheels", tag), print, zipped=False)[0]
    with tarfile.open(part.path) as packed:
        modes = {each.name: each.mode for each in packed}
        assert not [each.name for each in packed if each.issym() or each.islnk()]
        script = packed.extractfile(f"{LINUX.folder}/启动.sh").read()  # type: ignore[union-attr]  # it is a file
    assert (modes[f"{LINUX.folder}/python/bin/python3"], modes[f"{LINUX.folder}/启动.sh"]) == (0o755, 0o755)
    assert not [name for name in modes if "/python3.12/test" in name or name.endswith((".a", ".h")) or ("/python3.12" in name[-11:]
                and "/bin/" in name)]  # fmt: skip
    assert (b"\r" not in script, b"wanted=x86_64" in script) == (True, True)
    assert subprocess.run(["sh", "-n"], input=script, check=False).returncode == 0


@pytest.mark.parametrize(
    ("system", "made", "words"),
    [(WINDOWS, lambda path: windows_python(path, pe(0x14C)), "32 位"), (WINDOWS, linux_python, "没有 python.exe"),
     (LINUX, lambda path: linux_python(path, elf(183)), "linux arm64"), (ARM, linux_python, "linux x86_64"),
     (LINUX, windows_python, "没有 bin/python3")],
)  # fmt: skip
def test_a_python_of_another_machine_is_refused(tmp_path, system, made, words):
    archive, told = made(tmp_path / "python.archive")
    with pytest.raises(BadInput, match=words):
        make(tmp_path / "kit", [(system, archive, told)], None, print, zipped=False)


def test_an_archive_with_another_sum_is_refused_before_anything_is_made(tmp_path):
    archive, told = windows_python(tmp_path / "python.zip")
    with pytest.raises(BadInput, match="SHA-256"):
        make(tmp_path / "kit", [(WINDOWS, archive, told[::-1])], None, print, zipped=False)
    assert not (tmp_path / "kit").exists()


def test_wheels_of_another_system_do_not_get_in(tmp_path):
    archive, told = windows_python(tmp_path / "python.zip")
    with pytest.raises(CampError, match="取不到 windows-x86_64 的包"):
        make(
            tmp_path / "kit",
            [(WINDOWS, archive, told)],
            wheels(tmp_path / "w", "macosx_11_0_arm64", "colorama"),
            print,
            zipped=False,
        )


def test_a_python_that_asks_for_a_newer_glibc_is_told(tmp_path):
    archive, told = linux_python(tmp_path / "python.tar.gz", elf(62, "GLIBC_2.17 GLIBC_2.35"))
    said: list[str] = []
    make(tmp_path / "kit", [(LINUX, archive, told)], wheels(tmp_path / "w", "manylinux_2_28_x86_64"), said.append, zipped=False)
    assert [words for words in said if "glibc 2.35" in words]
