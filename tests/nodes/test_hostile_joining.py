"""What a stranger lays before whoever takes laptops in, before a laptop that waits, and before an empty one that restores."""

from __future__ import annotations

import base64
import json
from io import BytesIO

import pytest

from campmgr.app.web_app import Settings, create_app, store_of
from campmgr.areas.nodes.exchange.enrolment import read_request
from campmgr.areas.nodes.exchange.spoken_request import request_told, spoken
from campmgr.areas.nodes.queries.nodes import Request
from campmgr.ids import canonical, sha256
from campmgr.ledger.hpke import close_for, new_sealing_key, sealing_public_beside
from campmgr.ledger.seal import new_key, sign
from campmgr.store import data_file
from tests.kit.joining import GIVE, agreed, asked_by_file, figures_of
from tests.kit.office import send
from tests.kit.pages import CHEAP, OWN

WAITING = "/start/join/waiting"


@pytest.fixture
def empty(tmp_path):
    """The browser of a laptop without a data file."""
    app = create_app(None, Settings(tmp_path / "empty" / "camp.sqlite", "", CHEAP))
    yield app.test_client()
    held = store_of(app)
    if held is not None:
        data_file.close(held)


def _request(sealing_key: str, name: str = "鼓楼区") -> bytes:
    key = new_key()
    words = ["campmgr request 1", key.public, sealing_key, name]
    told = dict(zip(("form", "key", "sealing_key", "name"), words, strict=True))
    return canonical(told | {"signature": sign(key, canonical(words))}).encode()


@pytest.mark.parametrize("key", ["01" + "00" * 31, "00" * 32])
def test_figures_of_what_is_no_key_are_told_beside_their_field(pages, key):
    answer = send(pages, GIVE, text=" ".join(spoken(Request(key, sealing_public_beside(key)))))
    assert (answer.status_code, 'id="e-text"' in answer.text) == (422, True)


@pytest.mark.parametrize(("sent", "name"), [(b'{"a":' + b"[" * 200_000 + b"]" * 200_000 + b"}", "a.json"), (b"{}", "a\0.json")])
def test_a_file_that_no_program_of_ours_made_is_told_beside_its_field(pages, sent, name):
    answer = asked_by_file(pages, sent, name)
    assert (answer.status_code, 'id="e-file"' in answer.text) == (422, True)


def test_a_request_with_a_key_that_closes_nothing_is_not_agreed_to(pages):
    answer = agreed(pages, asked_by_file(pages, _request("zz")), "350102 鼓楼区")
    assert (answer.status_code, "密钥不能用" in answer.text) == (422, True)


def test_of_a_name_without_end_only_the_beginning_is_shown(pages, tmp_path):
    path = tmp_path / "long.json"
    path.write_bytes(_request(new_sealing_key().public, "长" * 100_000))
    assert read_request(path).name == "长" * 60


@pytest.mark.parametrize("words", ["x", "[1]", "[" * 5000])
def test_an_answer_that_somebody_made_up_for_a_laptop_is_told_beside_its_field(empty, words):
    empty.post("/start/join/", data={"name": "鼓楼区"}, headers=OWN)
    asked = request_told("".join(figures_of(empty.get(WAITING).text)))
    camp, unit = "1" * 32, "2" * 32
    closed = close_for(asked.sealing_key, b"", canonical(["campmgr-answer", camp, unit, words]))
    plain = bytes.fromhex(camp + unit) + bytes([len(closed)]) + closed + words.encode()
    text = base64.b32encode(plain + bytes.fromhex(sha256(plain))[:4]).decode().rstrip("=")
    answer = empty.post("/start/join/answer", data={"text": f"CAMPMGR-ANSWER {text}"}, headers=OWN)
    assert (answer.status_code, 'id="e-text"' in answer.text) == (422, True)


LOCK = {"public": "", "salt": "00", "n": 1 << 15, "r": 8, "p": 1}


@pytest.mark.parametrize("lock", [LOCK | {"n": 3}, LOCK | {"n": -1}, LOCK | {"salt": "zz"}, LOCK | {"n": 1 << 17, "r": 15}])
def test_a_sealed_backup_with_a_lock_that_is_none_is_damaged(empty, lock):
    told = json.dumps({"lock": lock, "letter": "00", "size": 1}).encode()
    _is_damaged(empty, b"campmgr sealed file 1\n" + told + b"\n")


def test_a_sealed_backup_whose_head_is_too_deep_is_damaged(empty):
    _is_damaged(empty, b"campmgr sealed file 1\n" + b"[" * 4000 + b"\n")


def _is_damaged(browser, sent: bytes) -> None:
    data = {"file": (BytesIO(sent), "backup.sealed"), "password": "battery staple"}
    answer = browser.post("/start/restore", data=data, headers=OWN)
    assert (answer.status_code, "已损坏" in answer.text) == (422, True)


def test_no_copy_is_kept_of_the_page_that_shows_the_recovery_code(empty):
    assert empty.get("/start/new?preset=escape-drill-2023").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.5"])
def test_no_name_that_leads_here_opens_the_first_start(empty, host):
    origin = {"Host": host, "Origin": f"http://{host}"}
    for path in ("/start/", "/start/new", "/start/restore", "/start/join/"):
        assert empty.get(path, headers=origin).status_code == 403
    for path in ("/start/new", "/start/restore", "/start/join/", "/start/join/answer", "/start/join/leave"):
        assert empty.post(path, headers=origin).status_code == 403


def test_whoever_organizes_a_part_of_the_camp_does_not_see_the_laptop_s_drafts(pages):
    for path in ("/office/drafts/", "/office/drafts/drop"):
        assert pages.browser("city").get(path).status_code == 403
