"""Before a round is opened no page, file, log or pack shows a mark to anybody, the host included; after it the host sees them."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from campmgr.config import package_folder
from campmgr.errors import NotAllowed, Refused
from tests.judging.panel import MARK, OFFICE, TELLTALE, seated
from tests.judging.stage import Contest
from tests.kit.office import see, send
from tests.kit.pages import CAST, Pages
from tests.kit.program import Program
from tests.kit.story import Cast

ROUND = f"{OFFICE}/初评"
WAYS = (
    OFFICE, ROUND, f"{ROUND}/assign", f"{ROUND}/open", f"{ROUND}/opened", f"{ROUND}/opened?method=borda", f"{ROUND}/without",
    f"{ROUND}/without?slots=3", "/judge/", "/judge/初评/", "/office/a/sp/works/", "/office/a/sp", "/office/", "/office/history",
    "/office/recent", "/desk/", "/desk/review", "/desk/units/3502/a/sp/entries/of/{work}", "/desk/units/3502/a/sp/files/{work}",
    "/desk/units/3502/a/sp/entries/all.xlsx", "/a/sp", "/a/sp/gallery", "/office/activities/sp",
    f"{ROUND}/packs", f"{ROUND}/packs/{{judge}}.zip", "/office/a/sp/import/scores",
    "/judge/初评/{work}/a-1.mp4", "/desk/units/3501/a/",
    "/desk/imports", "/office/a/sp/awards/", "/office/a/sp/awards/minutes.xlsx", "/a/sp/awards",
)  # fmt: skip
"""Every page near judging, and those that tell what was recorded."""

TELLING = (TELLTALE, "37.0000", "37.00", f'"{MARK}"', f">{MARK}<")
HUNDREDTHS = re.compile(rf"(?<![0-9A-Za-z]){MARK * 100}(?![0-9A-Za-z])")
"""How a mark would look, on a page and as it is kept: not within tokens and digests, which hold all sorts of figures."""


def shown(pages: Pages, who: str, path: str) -> list[str]:
    answer = pages.browser(who).get(path, follow_redirects=True)
    text = _unpacked(answer.data).decode("utf-8", "replace")
    return [each for each in TELLING if each in text] + HUNDREDTHS.findall(text)


def _unpacked(data: bytes) -> bytes:
    """What an answer says, of a pack or workbook what is in it, and in what is in that; not a workbook's colours, nor
    the numbers by which the page of a pack seals.
    """
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.replace((package_folder("static") / "vendor" / "nacl-fast.min.js").read_bytes().strip(), b"")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(_unpacked(archive.read(name)) for name in archive.namelist() if "/theme/" not in name)


def test_closed_every_way_times_everybody(pages):
    panel = seated(pages)
    ways = [way.format(work=panel.contest.works["晨曦"], judge=panel.contest.judges["周评一"]) for way in WAYS]
    told = {(way, who): found for way in ways for who in (*CAST, "nobody") if (found := shown(pages, who, way))}
    own = {key: found for key, found in told.items() if key[1] == "elias" and key[0].startswith("/judge/")}
    assert told == own, "a judge's own ballot alone shows the judge's own marks"
    assert pages.browser("root").get(f"{ROUND}/opened").status_code == 409


def test_opened_the_host_sees_marks_and_nobody_else(pages):
    panel = seated(pages, opened=True)
    ways = [way.format(work=panel.contest.works["晨曦"], judge="") for way in WAYS[:14]]
    told = {(who, way) for way in ways for who in (*CAST, "nobody") if who != "elias" and shown(pages, who, way)}
    assert {who for who, _ in told} == {"root"}
    assert {way for _, way in told} <= {f"{ROUND}/opened", f"{ROUND}/opened?method=borda", f"{ROUND}/without"}
    for who in ("city", "dora", "farid", "elias"):
        assert pages.browser(who).get(f"{ROUND}/opened").status_code in {403, 404}


def test_a_judge_sees_no_other_judges_mark_even_when_it_is_opened(pages):
    panel = seated(pages, opened=True)
    panel.contest.gives("吴评二", "炉火", 91, note="别人的评语", reason="录错")
    text = pages.browser("elias").get("/judge/初评/?work=" + panel.contest.works["炉火"]).text
    assert "别人的评语" not in text
    assert ">91<" not in text


COMMANDS = (
    "judging list", "awards objections 1", "awards draft 初评", "judging progress 初评", "judging assign 初评 --dry-run", "judge list",
    "report scores 初评",
    "report scores 初评 --method borda", "report entries", "report votes", "entry show {work}", "review list", "activity show sp",
    "duty list --activity sp",
)  # fmt: skip


def test_no_command_and_no_log_tells_a_mark(pages, capsys, caplog):
    panel = seated(pages)
    program = Program(pages.store.path, capsys)
    for words in COMMANDS:
        for extra in ([], ["--json"]):
            result = program(*words.format(work=panel.contest.works["晨曦"]).split(), *extra)
            text = f"{result}"
            assert not [each for each in TELLING[:3] if each in text], words
    assert TELLTALE not in caplog.text


def test_no_units_file_holds_a_byte_of_a_score(tmp_path):
    cast = Cast(tmp_path)
    root, city = cast.root(lessons=()), cast.new("厦门")
    contest = Contest(root).opens()
    root.enrols(city, "3502")
    contest.has_work("晨曦", "3502")
    for name in ("周评一", "吴评二", "郑评三"):
        contest.has_judge(name, "3507", home="3503")
    contest.sets(criteria=(("总评", 1),), scale=100, step=1)
    contest.assigns()
    for name in contest.judges:
        contest.gives(name, "晨曦", MARK, note=TELLTALE)
    root.gives(city)
    host = root.unit("35")
    streams = {row[0] for row in city.see(lambda r: r.all("select distinct scope from facts"))}
    assert f"people/{root.unit('3502')}" in streams
    assert f"people/{host}" not in streams
    kinds = {row[0] for row in city.see(lambda r: r.all("select distinct kind from facts"))}
    assert not kinds & {"score_given", "round_set", "round_opened", "judge_assigned", "judge_recused"}
    city.close()
    assert TELLTALE.encode() not in city.bytes_on_disk()
    with pytest.raises((NotAllowed, Refused)):
        Contest(city).sets()
    cast.close()


def test_the_ledger_keeps_who_opened_it_and_why(pages):
    panel = seated(pages, opened=True)
    told = panel.contest.line().openings
    assert [each.reason for each in told] == ["评审结束"]
    with pages.store.reading() as r:
        (fact,) = r.all("select body from facts where kind = 'round_opened'")
    assert json.loads(fact[0])["reason"] == "评审结束"


def test_who_is_bound_to_a_judge_afterwards_sees_nothing_that_was_given_before(pages):
    panel = seated(pages)
    root, judge = pages.accounts["root"].account, panel.contest.judges["周评一"]
    account = {"judge": judge, "account": root, "client_id": "b"}
    assert send(pages, f"{OFFICE}/accounts", "root", **account).status_code == 303
    ballot = f"/judge/初评/?work={panel.contest.works['晨曦']}"
    tells = (TELLTALE, f'value="{MARK}" selected', f"<dt>{MARK}</dt>")
    text = see(pages, ballot, "root")
    assert "分数不再显示" in text
    assert not [each for each in tells if each in text]
    send(pages, "/judge/初评/", "root", work=panel.contest.works["晨曦"], does="give", mark0="12", note="另评", client_id="g")
    text = see(pages, ballot, "root")
    assert "另评" in text, "what this account gave itself it sees"
    assert not [each for each in tells if each in text]
