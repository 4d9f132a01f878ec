"""Nothing needs the internet, and nothing tells where it was written."""

from __future__ import annotations

import re

import pytest

from tests.house.sources import relative, text_files

ALLOWED = {
    "www.w3.org": "names of XML formats, never fetched",
    "schemas.openxmlformats.org": "the same",
    "purl.imsglobal.org": "the name of the badges' vocabulary, never fetched",
    "127.0.0.1": "this machine",
    "localhost": "this machine",
    "example.org": "made-up work links; reserved, so nobody's",
    "example.com": "the same",
}
"""Hosts that may stand in an address. The camp's own sites are facts of its notice, and stand below without http."""

NOTICE_FACTS = {"www.anquanyue.org.cn"}
"""May be named, as a text, where a camp's notice is told."""

_TELLS_THE_NOTICE = re.compile(r"campmgr/areas/\w+/(?:settings|presets/)|tests/settings/|tests/\w+/golden/")

_ADDRESS = re.compile(
    r"""(?i)\b(?:https?|wss?|ftp)://(?:[^\s/@"'`<>]*@)?([^\s/:"'`<>)\]，。、）]+)|(?:src|href|url)\s*[=(]\s*["']?//([^\s/"')]+)"""
)
_BARE = re.compile(r"(?i)\bwww\.[a-z0-9.-]+[a-z]")
_MACHINE = re.compile(r"""(?<![\w.~}$/-])/(?:home|root|tmp|work|Users|opt|mnt|srv)/[\w.-]""")
_DRIVE = re.compile(r"\b[A-Za-z]:\\Users\\")
_AUTHORSHIP = re.compile(r"(?i)co-authored-by|generated with|language model|chat ?bot|sub-?agent|\bprompted\b")

SHIPPED = text_files("campmgr", "templates", "static")
EVERYTHING = [
    path
    for path in [
        *SHIPPED,
        *text_files(
            "tests", "docs", ".ci/run", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", ".gitignore"
        ),
    ]
    if path.name != "test_no_outside.py"
]


def outside(text: str, where: str) -> list[str]:
    """The hosts a text names that are not allowed at this place."""
    hosts = ["".join(pair).lower() for pair in _ADDRESS.findall(text)]
    bare = [host.lower() for host in _BARE.findall(text)]
    facts = NOTICE_FACTS if _TELLS_THE_NOTICE.match(where) else set()
    return [host for host in dict.fromkeys(hosts + bare) if not _is_allowed(host, facts)]


def machine_words(text: str) -> list[str]:
    """Folders of one machine, and remarks on how the text came about."""
    return [found.group() for pattern in (_MACHINE, _DRIVE, _AUTHORSHIP) for found in pattern.finditer(text)]


def test_no_address_points_outside():
    found = {relative(path): hosts for path in EVERYTHING if (hosts := outside(path.read_text("utf-8"), relative(path)))}
    assert not found, f"nothing may need the internet; keep the file with us, or print the address as a fact of the preset: {found}"


def test_nothing_tells_where_it_was_written():
    found = {relative(path): words for path in EVERYTHING if (words := machine_words(path.read_text("utf-8")))}
    assert not found, f"use relative places and temporary folders: {found}"


@pytest.mark.parametrize(
    ("text", "where", "hosts"),
    [
        ('<script src="https://cdn.example-host.net/x.js">', "templates/page.html", ["cdn.example-host.net"]),
        ('<img src="//pictures.example-host.net/x.png">', "templates/page.html", ["pictures.example-host.net"]),
        ("background: url(//x.example-host.net/a.woff)", "static/app.css", ["x.example-host.net"]),
        ("see http://user:word@inner.example-host.net:81/a", "campmgr/cli/doctor.py", ["inner.example-host.net"]),
        ('site = "www.anquanyue.org.cn"', "campmgr/areas/camp/presets/camp.toml", []),
        ('site = "www.anquanyue.org.cn"', "campmgr/desks/commands/camp.py", ["www.anquanyue.org.cn"]),
        ('<svg xmlns="http://www.w3.org/2000/svg">', "templates/tiles.html", []),
        ('f"http://{host}:{port}/"', "campmgr/app/serve.py", []),
        ("https://video.example.org/7", "campmgr/demo/works.py", []),
    ],
)
def test_made_up_addresses_are_told_apart(text, where, hosts):
    assert outside(text, where) == hosts


@pytest.mark.parametrize(
    "text", ["open('/home/" + "lin/camp.sqlite')", "cd /tmp/" + "x", "C:\\Users\\" + "lin", "Co-Authored" + "-By: x"]
)
def test_made_up_machine_words_are_caught(text):
    assert machine_words(text)


@pytest.mark.parametrize(
    "text", ["{folder}/tmp/x", "/usr/bin/env bash", "/office/works/7", "/p/token", "and/or/work/x", "../tmp/x"]
)
def test_ordinary_paths_are_not(text):
    assert not machine_words(text)


def _is_allowed(host: str, facts: set[str]) -> bool:
    return host.startswith("{") or host in facts or any(host == known or host.endswith(f".{known}") for known in ALLOWED)
