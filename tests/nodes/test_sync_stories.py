"""Syncs with laptops that were revoked, copied or put back, are of another camp, or of none."""

from __future__ import annotations

import shutil

import pytest

from campmgr.errors import BadInput, NotAllowed, Refused
from tests.kit.story import Node
from tests.nodes.test_sync import calls, county, served  # noqa: F401 - a fixture


def test_a_revoked_laptop_is_told_so_and_what_it_has_goes_on_a_stick(county):  # noqa: F811
    root, child = county
    pupil = child.joins("350102", "张三", "001")
    with served(root) as address:
        calls(child, address)
    root.revokes(child)
    child.joins("350102", "李四", "002")
    with served(root) as address, pytest.raises(NotAllowed, match="已被撤销") as told:
        calls(child, address)
    assert "U 盘" in told.value.hint
    assert root.takes(child.packed(root.id)).quarantined == 2
    assert (root.person(pupil).name, root.total("joined")) == ("张三", 1)


def test_a_laptop_that_was_put_back_is_given_what_it_lost(cast, county, tmp_path):  # noqa: F811
    root, child = county
    child.joins("350102", "张三", "001")
    with served(root) as address:
        calls(child, address)
    child.close()
    shutil.copyfile(child.path, tmp_path / "earlier.sqlite")
    later = child.joins("350102", "李四", "002")
    with served(root) as address:
        calls(child, address)
    again = cast.add(Node(tmp_path, "县的新电脑"))
    child.close()
    shutil.copyfile(tmp_path / "earlier.sqlite", again.path)
    with served(root) as address:
        told = calls(again, address)
        assert (told.received >= 2, told.is_even) == (True, True)
        assert again.person(later).name == "李四"
        new = again.joins("350102", "王五", "003")
        assert calls(again, address).arrived == "全营的主机"
    assert root.person(new).name == "王五"
    assert root.facts() == again.facts()


def test_a_served_laptop_that_was_put_back_is_given_what_it_lost(cast, county, tmp_path):  # noqa: F811
    root, child = county
    root.close()
    shutil.copyfile(root.path, tmp_path / "earlier.sqlite")
    pupil = child.joins("350102", "张三", "001")
    with served(root) as address:
        calls(child, address)
    again = cast.add(Node(tmp_path, "省的新电脑"))
    shutil.copyfile(tmp_path / "earlier.sqlite", again.path)
    with served(again) as address:
        told = calls(child, address)
        assert (told.sent >= 2, told.arrived) == (True, "全营的主机")
    assert again.person(pupil).name == "张三"


def test_another_camp_and_a_laptop_without_one_are_told(cast, county):  # noqa: F811
    root, child = county
    other, alone, itself = cast.root("外省"), cast.new("空"), root.twin("同一台")
    cast.add(itself)
    with served(root) as address:
        with pytest.raises(BadInput, match="另一个训练营"):
            calls(other, address)
        with pytest.raises(Refused, match="还没有被训练营接纳"):
            calls(alone, address)
        with pytest.raises(BadInput, match="自己"):
            calls(itself, address)
    with served(alone) as address, pytest.raises(BadInput, match="还没有加入训练营"):
        calls(child, address)


def test_a_laptop_that_the_other_has_never_heard_of_is_told_to_bring_a_stick(cast, county):  # noqa: F811
    root, child = county
    stranger = cast.new("校")
    child.adds("S1", "350102", "学校")
    child.enrols(stranger, "S1")
    with served(root) as address, pytest.raises(NotAllowed, match="不认识这台电脑"):
        calls(stranger, address)
