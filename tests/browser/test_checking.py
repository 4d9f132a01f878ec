"""A certificate's page in the browser: what stands behind the # stays out of every address; a photo is read on the phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from campmgr.areas.certificates.files.sheet import code_text
from campmgr.areas.certificates.queries.prints import certificate_prints
from campmgr.facts import world as worlds
from campmgr.files.qr import qr_png
from tests.browser.conftest import PHONE
from tests.kit.called import unit_called


@pytest.fixture
def code(served) -> tuple[str, str, str]:
    """(name, number, what the QR code holds) of somebody with a certificate."""
    with served.store.reading() as r:
        one = certificate_prints(r, worlds.load(r), unit_called(r, "35"))[0]
    return one.name, one.number, code_text(one, served.address)


def test_a_scanned_address_shows_the_name_and_keeps_the_statement_out_of_addresses(visit, code):
    name, _, address = code
    phone = visit(size=PHONE)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(address)
    expect(phone.locator(".verdict")).to_contain_text(name)
    expect(phone.locator(".verdict")).to_contain_text("签名有效")
    statement = address.partition("#")[2]
    assert len(asked) > 3
    assert [url for url in asked if statement in url] == []
    assert statement not in phone.url


def test_a_photo_is_read_on_the_phone_and_only_its_text_is_sent(visit, code, tmp_path):
    name, _, address = code
    photo = tmp_path / "photo.png"
    photo.write_bytes(qr_png(address, 5))
    phone = visit(size=PHONE)
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    phone.goto("/c/")
    phone.get_by_label("证书上二维码的照片").set_input_files(photo)
    expect(phone.locator(".verdict")).to_contain_text(name)
    assert [url.endswith("/c/") for url in sent] == [True]


def test_without_scripts_the_number_and_the_photo_still_work(visit, code, tmp_path):
    name, number, address = code
    photo = tmp_path / "photo.png"
    photo.write_bytes(qr_png(address, 5))
    phone = visit(size=PHONE, javascript=False)
    phone.goto(address)
    expect(phone.locator(".verdict")).to_contain_text("证书有效")
    expect(phone.locator(".verdict")).not_to_contain_text(name)
    phone.get_by_label("证书上二维码的照片").set_input_files(photo)
    phone.get_by_role("button", name="查验照片").click()
    expect(phone.locator(".verdict")).to_contain_text(name)
    expect(phone.locator(".verdict")).to_contain_text(number)


def test_a_photo_without_a_code_is_said_and_can_still_be_sent(visit, tmp_path):
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"no picture")
    phone = visit(size=PHONE)
    phone.goto("/c/")
    phone.get_by_label("证书上二维码的照片").set_input_files(photo)
    expect(phone.locator("form.photo [role=status]")).to_contain_text("没有认出二维码")
    phone.get_by_role("button", name="查验照片").click()
    expect(phone.locator("form.photo .error")).to_contain_text("不是完整的图片")
