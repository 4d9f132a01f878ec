"""`campmgr serve`, started as a user does: prints its addresses, opens a camp, serves it again after a restart."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from contextlib import contextmanager

from campmgr.cli.lan import lan_addresses
from tests.house.sources import ROOT

TYPED = {"preset": "camp", "name": "林老师", "login": "lin", "password": "battery staple"}


@contextmanager
def _serving(db, *more):
    """A server and what it printed up to its last line of greeting."""
    command = [sys.executable, "-u", "-m", "campmgr", "serve", "--db", str(db), "--port", "0", *more]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stdout is not None
        printed = ""
        for line in server.stdout:
            printed += line
            if "Ctrl+C" in line:
                break
        try:
            yield printed
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def _fetch(address, typed=None) -> str:
    asked = urllib.request.Request(address, data=urllib.parse.urlencode(typed).encode() if typed else None)  # noqa: S310 - our own
    if typed:
        asked.add_header("Origin", "http://" + urllib.parse.urlsplit(address).netloc)
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - our own server
        return answer.read().decode()


def test_first_start_opens_a_camp_and_the_second_serves_it(tmp_path):
    db = tmp_path / "data" / "camp.sqlite"
    with _serving(db) as printed:
        (address,) = re.findall(r"http\S+/", printed)
        assert "/setup/" not in printed
        assert "加入已有的训练营" in _fetch(address)
        assert "用这个预设" in _fetch(address + "start/new")
        assert not db.exists()
        assert "安全训练营" in _fetch(address + "start/new", TYPED)
        assert db.is_file()
    with _serving(db) as printed:
        assert "/setup/" not in printed
        (address,) = re.findall(r"http\S+/", printed)
        assert "安全训练营" in _fetch(address)
    with _serving(db, "--organizer-link") as printed:
        assert "/setup/" in printed


def test_for_the_network_it_prints_addresses_with_codes(tmp_path):
    with _serving(tmp_path / "camp.sqlite", "--host", "0.0.0.0") as printed:  # noqa: S104 - what is tested
        for address in lan_addresses():
            assert f"http://{address}:" in printed
            assert "█" in printed
        assert "/setup/" in printed  # whoever set it up on a machine without a screen opens the camp from another
