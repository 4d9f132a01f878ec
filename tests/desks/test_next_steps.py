"""A page on which there is nothing yet says what to do next."""

from __future__ import annotations

import re

from tests.kit.office import see


def test_packs_without_another_laptop_lead_to_the_one_that_joins(pages):
    text = see(pages, "/office/packs/")
    (way,) = re.findall(r'href="([^"]+)">同意一台电脑加入</a>', text)
    assert "还没有上级或下级电脑" in text
    assert "申请" in see(pages, way)


def test_backups_without_a_folder_show_the_button_and_what_is_missing_and_propose_a_password(pages):
    text = see(pages, "/office/backup/")
    assert "<button disabled>现在备份</button>" in text
    assert "先在“怎样备份”里写上放在哪里" in text
    assert re.search(r'name="lock" value="new" checked', text)
