"""The paper that is printed when a camp is opened: what stands on it gives the keys, and a mistyped group is named."""

from __future__ import annotations

import json

import pytest

from campmgr.areas.camp.actions import open_camp
from campmgr.areas.whole import CATALOGUE
from campmgr.errors import BadInput
from campmgr.facts.recovery import close_secret, new_recovery, open_secret, recovery_of, sheet_text, words_on
from campmgr.facts.rootship import campaign_id
from campmgr.facts.secret import held_keys
from campmgr.store import data_file, ledger


def test_what_was_printed_gives_the_same_keys_however_it_is_typed():
    made = new_recovery()
    for typed in (made.words, made.words.lower(), made.words.replace("-", " "), f"\n{made.words.replace('-', '')}\n"):
        assert recovery_of(typed) == made


@pytest.mark.parametrize("group", range(4))
def test_a_mistyped_group_is_named(group):
    groups = new_recovery().words.split("-")
    groups[group] = ("1" if groups[group][0] != "1" else "2") + groups[group][1:]
    with pytest.raises(BadInput) as told:
        recovery_of("-".join(groups))
    assert (told.value.reason, f"第 {group + 1} 组" in told.value.sentence) == ("wrong_recovery_code", True)


@pytest.mark.parametrize(
    "text",
    ["", "恢复", "-".join(new_recovery().words.split("-")[:3]), new_recovery().words * 2],
    ids=["none", "word", "three", "twice"],
)
def test_too_little_and_too_much_is_refused(text):
    with pytest.raises(BadInput) as told:
        recovery_of(text)
    assert told.value.reason == "wrong_recovery_code"


def test_the_secret_opens_with_its_own_paper_in_its_own_camp():
    paper, secret = new_recovery(), "5a" * 32
    closed = close_secret("camp", paper.sealing.public, secret)
    assert open_secret("camp", paper.sealing.private, closed) == secret
    assert open_secret("other", paper.sealing.private, closed) == ""
    assert open_secret("camp", new_recovery().sealing.private, closed) == ""
    assert open_secret("camp", paper.sealing.private, "no hex") == ""


def test_the_code_is_found_on_its_sheet_and_alone():
    paper = new_recovery()
    sheet = sheet_text(paper, "c0" * 16, "逃生演练训练营", "2023-06-01")
    for text in (sheet, sheet.lower(), paper.words, paper.words.replace("-", " "), paper.words.replace("-", "")):
        assert recovery_of(words_on(text)) == paper


def test_a_camp_holds_its_secret_for_the_paper_alone_and_is_called_by_it(tmp_path):
    paper = new_recovery()
    store = open_camp(tmp_path / "camp.sqlite", "escape-drill-2023", CATALOGUE, recovery=paper)
    with store.reading() as r:
        opened = next(fact for fact in ledger.of_scope(r, "public") if fact.kind == "campaign_opened")
        body = json.loads(opened.body or "")
        campaign, held = r.meta("campaign"), held_keys(r)
    data_file.close(store)
    assert campaign == campaign_id(body["root_key"], paper.nonce)
    assert open_secret(campaign, paper.sealing.private, body["secret"]) == held[body["root_unit"]]
    on_disk = b"".join(part.read_bytes() for part in tmp_path.glob("camp.sqlite*"))
    assert paper.words.encode() not in on_disk
    assert paper.signing.private.encode() not in on_disk
    assert paper.sealing.private.encode() not in on_disk
