"""`campmgr serve` in a process of its own, as its users start it, and what a test asks of it."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.kit.program import REPOSITORY, START


class Served:
    """A running server."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process = process
        self.address = address

    def ask(self, path: str, typed: dict[str, str] | None = None, cookie: str = "") -> tuple[int, str, str]:
        """(status, where it leads or the text, the cookies it gives); an answer that leads on is not followed."""
        data = urllib.parse.urlencode(typed).encode() if typed is not None else None
        asked = urllib.request.Request(self.address + path, data=data)  # noqa: S310 - our own server
        asked.add_header("Origin", self.address)
        if cookie:
            asked.add_header("Cookie", cookie)
        try:
            with _OPENER.open(asked, timeout=20) as answer:
                return answer.status, answer.read().decode(), ""
        except urllib.error.HTTPError as answer:
            given = "; ".join(each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie") or [])
            with answer:
                return answer.code, answer.headers.get("Location") or answer.read().decode(), given

    def kill(self) -> None:
        """As a power cut would."""
        self.process.kill()
        self.process.wait()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None


_OPENER = urllib.request.build_opener(_Stay, urllib.request.ProxyHandler({}))


@contextmanager
def serving(path: Path, *more: str, wait: bool = True) -> Iterator[Served]:
    """A server on this data file; stopped at the end if it still runs."""
    env = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    command = [*START[:1], "-u", *START[1:], "serve", "--db", str(path), "--port", "0", *more]
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout
        printed = ""
        for line in process.stdout if wait else []:
            printed += line
            if "Ctrl+C" in line:
                break
        (address,) = [word for word in printed.split() if word.startswith("本机地址：")] or [f"本机地址：{sys.maxsize}"]
        try:
            yield Served(process, address.removeprefix("本机地址：").rstrip("/"))
        finally:
            process.terminate()
            process.communicate()
