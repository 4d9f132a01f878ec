"""An organizer prints certificates: the form, how far it is, what came of it, the file."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import LAPTOP, NARROW

PRINTING_MS = 120_000


@pytest.mark.parametrize("size", [LAPTOP, NARROW], ids=["laptop", "phone"])
def test_certificates_of_a_unit_are_printed_and_saved(visit, served, size, tmp_path):
    page = visit("organizer", size=size)
    page.goto("/office/certificates/")
    page.get_by_label("只要这个单位").fill(served.built.school)
    page.get_by_label("一个压缩包：按地市、单位分文件夹，附装箱单和签收单").check()
    page.get_by_role("button", name="印制").click()
    page.wait_for_url("**/printed/**", timeout=PRINTING_MS)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert Axe().run(page).response["violations"] == []
    with page.expect_download() as saving:
        page.get_by_role("link", name="保存文件").click()
    saving.value.save_as(tmp_path / "saved.zip")
    assert saving.value.suggested_filename.endswith("证书.zip")
    names = zipfile.ZipFile(tmp_path / "saved.zip").namelist()
    assert [Path(name).name for name in names] == ["证书.pdf", "签收单.xlsx", "装箱单.xlsx"]
