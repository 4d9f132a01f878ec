"""The checker file from a stick, with the network off: signature, issuer, camp and list, all proved in the browser alone."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Page, expect

from campmgr.areas.certificates.actions.revoking import reissue, revoke
from campmgr.areas.certificates.files.checker_file import checker_file
from campmgr.areas.certificates.proof.revocation_list import RevokedEntry, list_texts
from campmgr.areas.certificates.proof.statement import check_of, decode, encode, from_text, sign_statement, to_text
from campmgr.areas.certificates.queries.revocation_lists import revocation_list
from campmgr.areas.people.actions.people import change_details
from campmgr.areas.people.queries.finding import find_person
from campmgr.facts import world as worlds
from campmgr.files.qr import qr_png
from campmgr.ids import sha256
from campmgr.store.ledger import own_key
from tests.browser.conftest import NARROW
from tests.kit.called import unit_called
from tests.kit.certified import certified, printed, province_and_two_schools
from tests.kit.story import Cast


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A camp in which everything has happened once, and the texts of its codes."""
    folder = tmp_path_factory.mktemp("checker")
    cast = Cast(folder)
    root, one, two = province_and_two_schools(cast)
    city, deep = cast.new("市里的电脑"), cast.new("第三小学的电脑")
    root.enrols(city, "3501")
    city.adds("S3", "350102", "学校", name="第三小学")
    city.enrols(deep, "S3")
    city.sends(root)
    texts = {"valid": certified(two, "S2", "买买提·吐尔逊江", "001"), "deep": certified(deep, "S3", "赵六", "002"),
             "root": certified(root, "350104", "李𠮷", "003")}  # fmt: skip
    texts["revoked"] = certified(one, "S1", "张三", "004")
    one.do(revoke, decode(texts["revoked"]).number, "冒名")
    texts["superseded"] = certified(one, "S1", "王五", "005")
    one.do(lambda w: change_details(w, find_person(w, "005"), name="王伍"))
    texts["instead"] = one.do(reissue, decode(texts["superseded"]).number, "姓名更正").number
    for node in (one, two, deep):
        node.sends(root)
    root.revokes(deep)
    texts["late"] = certified(deep, "S3", "周八", "007")
    texts["copy"] = _of_a_copy(cast, root, two)
    said, key = decode(texts["valid"]), two.see(own_key)
    foreign = said._replace(unit=unit_called(root.world, "S1"), unit_name="第一小学")
    texts["not_theirs"] = encode(sign_statement(key, root.world.campaign, foreign))
    texts["stranger"] = encode(sign_statement(cast.new("陌生人").see(own_key), root.world.campaign, said))
    texts["other_camp"] = encode(sign_statement(key, "0" * 32, said))
    data = root.see(lambda r: checker_file(r, worlds.load(r)))
    path = folder / "核验.html"
    path.write_bytes(data)
    number = decode(texts["valid"]).number
    texts["fresh_list"] = root.see(
        lambda r: list_texts(own_key(r), r.meta("campaign"), "2023-06-09T00:00:00Z", [RevokedEntry(number, "revoked")])
    )[0]
    texts["own_list"] = root.see(lambda r: revocation_list(r, worlds.load(r)).texts)[0]
    (folder / "school.html").write_bytes(one.see(lambda r: checker_file(r, worlds.load(r))))
    yield path, texts
    cast.close()


def _of_a_copy(cast, root, two) -> str:
    """What a copied data file prints once it has introduced itself under a writer of its own."""
    copy = cast.add(two.copied("副本"))
    copy.joins("S2", "吴九", "008")
    copy.sends(root)
    return printed(copy, "S2")


@pytest.fixture
def page(browser, told):
    """The file, opened as from a stick by a browser that is not connected to anything."""
    path, _ = told
    context = browser.new_context(viewport=NARROW, locale="zh-CN", timezone_id="Asia/Shanghai")
    context.set_offline(True)
    asked: list[str] = []
    found = context.new_page()
    found.on("request", lambda request: asked.append(request.url))
    found.on("pageerror", lambda problem: pytest.fail(str(problem)))
    found.goto(path.as_uri())
    yield found
    assert [url for url in asked if not url.startswith(("file:", "blob:", "data:"))] == []
    context.close()


def check(page: Page, text: str):
    """Paste a text; the verdict."""
    page.get_by_label("或者粘贴扫出来的文字").fill(text)
    page.get_by_role("button", name="核验").click()
    return page.locator("#result")


@pytest.mark.parametrize(
    ("which", "title", "words"),
    [
        ("valid", "证书有效", ["买买提·吐尔逊江", "第二小学", "8.00", "由“第二小学”签名"]),
        ("root", "证书有效", ["李𠮷", "由“福建省”签名"]),
        ("copy", "证书有效", ["买买提·吐尔逊江"]),
        ("deep", "证书有效", ["赵六", "由“第三小学”签名"]),
        ("revoked", "证书已收回", ["张三", "在撤销名单里"]),
        ("superseded", "证书已换发", ["王五"]),
        ("late", "签发设备已停用", ["停用日期", "2023-06-01"]),
        ("not_theirs", "证书不可信", ["没有给持有人所在单位发证的权限"]),
        ("stranger", "查不到签发单位", ["可能是伪造的"]),
        ("other_camp", "不是本营的证书", ["别的训练营"]),
    ],
)
def test_each_is_told_apart(page, told, which, title, words):
    result = check(page, told[1][which])
    expect(result.get_by_role("heading")).to_have_text(title)
    for each in words:
        expect(result).to_contain_text(each)


def test_the_number_that_stands_instead_is_named(page, told):
    expect(check(page, told[1]["superseded"])).to_contain_text(told[1]["instead"])


def test_one_changed_character_is_not_believed_and_shows_no_name(page, told):
    text = told[1]["valid"]
    result = check(page, text[:50] + ("A" if text[50] != "A" else "B") + text[51:])
    expect(result.get_by_role("heading")).to_have_text("证书不可信")
    expect(result).not_to_contain_text("买买提")


def test_a_number_alone_proves_nothing_but_can_be_on_the_list(page, told):
    expect(check(page, decode(told[1]["valid"]).number).get_by_role("heading")).to_have_text("只有编号，不能判断")
    expect(check(page, decode(told[1]["revoked"]).number.lower()).get_by_role("heading")).to_have_text("证书已收回")
    expect(check(page, "=HYPERLINK(1)").get_by_role("heading")).to_have_text("看不懂这段文字")


def test_a_photo_of_the_code_is_read_here(page, told, tmp_path):
    shot = tmp_path / "photo.png"
    shot.write_bytes(qr_png(f"https://example.org/c/{decode(told[1]['valid']).number}#{told[1]['valid']}", 5))
    page.locator("#photo").set_input_files(shot)
    expect(page.locator("#result").get_by_role("heading")).to_have_text("证书有效")
    blank = tmp_path / "blank.png"
    blank.write_bytes(b"no picture")
    page.locator("#photo").set_input_files(blank)
    expect(page.locator("#said")).to_contain_text("没有找到二维码")


def test_a_newer_list_is_scanned_in_and_counts_at_once(page, told):
    expect(page.locator("#list")).to_contain_text("由“福建省”签发，共 2 个编号不再有效")
    expect(check(page, told[1]["fresh_list"]).get_by_role("heading")).to_have_text("已收下撤销名单")
    expect(page.locator("#until")).to_have_text("2023-06-09 08:00")
    expect(check(page, told[1]["valid"]).get_by_role("heading")).to_have_text("证书已收回")
    altered = told[1]["own_list"][:-6] + "AAAAAA"
    assert page.evaluate("(text) => camp.takeList(text).problem", altered) == "altered"


@pytest.mark.drawn(whole=400, usual=60)
def test_mutations_are_not_taken_by_the_browser_either(page, told, draws):
    """What a careless copy does, and what a forger does who mends the check."""
    data, dice = from_text(told[1]["valid"]), random.Random(8)
    texts = []
    for count in range(draws):
        changed = bytearray(data if count % 2 else data[:-2])
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
        texts.append(to_text(bytes(changed) if count % 2 else bytes(changed) + check_of(bytes(changed))))
    states = page.evaluate("(texts) => texts.map((text) => camp.verify(text).state)", texts)
    assert set(states) <= {"forged", "unknown"}
    assert states.count("forged") > draws * 7 // 8
    assert page.evaluate("(text) => camp.verify(text).state", told[1]["valid"]) == "valid"


def test_a_changed_voucher_or_key_lets_nobody_sign(page, told):
    spoilt = """(text) => {
        const tried = (change) => {
            const data = JSON.parse(document.getElementById("data").textContent);
            change(data);
            const made = new Camp(data);
            return [made.isWhole, made.verify(text).state];
        };
        const swap = (text, one, other) => text.split(one).join(other);
        return [
            tried(() => {}),
            tried((data) => data.nodes.forEach((one) => { one.body = swap(one.body, '"number":1', '"number":2'); })),
            tried((data) => data.nodes.forEach((one) => { one.envelopes[0] = swap(one.envelopes[0], "public", "PUBLIC"); })),
            tried((data) => data.nodes.forEach((one) => { one.previous = one.previous.replace(/./g, "0"); })),
            tried((data) => data.nodes.forEach((one) => { one.seal = one.seal.replace(/./g, "0"); })),
            tried((data) => { data.nodes = []; }),
            tried((data) => { data.nonce += "0"; }),
        ];
    }"""
    found = page.evaluate(spoilt, told[1]["valid"])
    assert found[0] == [True, "valid"]
    assert [state for _, state in found[1:6]].count("valid") == 0
    assert found[6][0] is False


def test_a_schools_own_file_proves_the_list_that_the_school_signed(page, told):
    path, texts = told
    page.goto((path.parent / "school.html").as_uri())
    expect(page.locator("#list")).to_contain_text("由“第一小学”签发，共 2 个编号不再有效")
    expect(check(page, texts["revoked"]).get_by_role("heading")).to_have_text("证书已收回")
    expect(check(page, texts["root"]).get_by_role("heading")).to_have_text("证书有效")


def test_hashes_are_those_of_everyone(page):
    texts = ["", "abc", "𠮷" * 20, "a" * 55, "a" * 56, "a" * 64, "x" * 1000]
    assert page.evaluate("(texts) => texts.map((text) => Bytes.sha256(Bytes.utf8(text)))", texts) == [
        sha256(text) for text in texts
    ]


def test_it_fits_a_narrow_phone_and_says_how_old_its_list_is(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    expect(page.locator("#until")).to_have_text("2023-06-01 09:00")
    expect(page.locator("#list-words")).to_contain_text("请更新")
