"""`campmgr demo` as a newcomer starts it: prints a way in for each sort of user, ends cleanly, leaves no file behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from campmgr.app.web_app import Settings, create_app
from campmgr.areas.whole import CATALOGUE
from campmgr.store import data_file
from tests.house.sources import ROOT
from tests.kit.pages import OWN

HOME = re.escape("http://127.0.0.1")


@pytest.fixture
def ctrl_c_is_heard():
    """A run that was started in the background ignores it, and would pass that on to what it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_it_prints_addresses_that_lead_in_and_is_gone_after_ctrl_c(tmp_path, ctrl_c_is_heard):
    here = os.environ | {"TMPDIR": str(tmp_path)}
    command = [sys.executable, "-u", "-m", "campmgr", "demo", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, env=here, stdout=subprocess.PIPE, text=True, encoding="utf-8") as served:
        printed = _greeting(served)
        pages = [_fetch(address) for address in re.findall(HOME + r":\d+/\S+", printed)]
        served.send_signal(signal.SIGINT)
        rest, _ = served.communicate()
    assert (served.returncode, "已删除" in rest) == (0, True)
    assert not Path(re.findall(r"数据文件：(.+)", printed)[0]).exists()
    for whom in (
        "参与者",
        "联络员 林老师",
        "联络员 陈主席",
        "组织方",
        "转报单位",
        "评委 周明远",
        "宣传员",
        "部门负责人",
        "人事教育科",
    ):
        assert whom in printed
    told = ("7.50", "林老师", "陈主席", "郑主任", "转报单位", "周明远", "宣传员", "部门负责人", "人事教育科")
    assert [words in page for words, page in zip(told, pages, strict=True)] == [True] * len(told)


def test_a_camp_that_is_kept_is_open_by_its_links_until_it_stops_and_by_the_password_after(tmp_path, ctrl_c_is_heard):
    kept = tmp_path / "kept.sqlite"
    command = [sys.executable, "-u", "-m", "campmgr", "demo", "--port", "0", "--db", str(kept)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as served:
        printed = _greeting(served)
        way = re.findall(HOME + r":\d+(/link/\S+)", printed)[0]
        link = re.findall(HOME + r":\d+/link/\S+", printed)[0]
        entered = [urllib.request.urlopen(_pressed(link)).status for _press in range(2)]  # noqa: S310 - our own server
        served.send_signal(signal.SIGINT)
        rest, _ = served.communicate()
    assert (entered, "不再有效" in rest) == ([200, 200], True)
    store = data_file.open_file(kept, CATALOGUE)
    browser = create_app(store, Settings(kept)).test_client()
    assert browser.post(way, headers=OWN).status_code == 404
    typed = {"login": "demo-school", "password": re.findall("密码都是 (.+)。", printed)[0]}
    assert browser.post("/login", data=typed, headers=OWN).location == "/desk/"
    data_file.close(store)


def _pressed(link: str) -> urllib.request.Request:
    host = "/".join(link.split("/")[:3])
    return urllib.request.Request(link, data=b"", headers=OWN | {"Origin": host})  # noqa: S310 - our own server


def _greeting(served: subprocess.Popen[str]) -> str:
    printed = ""
    for line in served.stdout or ():
        printed += line
        if "Ctrl+C" in line:
            break
    return printed


def _fetch(address: str) -> str:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
        return str(answer.read().decode())
