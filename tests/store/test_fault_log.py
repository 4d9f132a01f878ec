"""A fault is written down for whoever mends the program, without what it says of people."""

from __future__ import annotations

import pytest

from campmgr.store.fault_log import remember


def _fault(words: str) -> KeyError:
    with pytest.raises(KeyError) as caught:
        dict[str, str]()[words]
    return caught.value


def test_a_fault_is_known_by_its_code_and_names_nobody(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPMGR_STATE", str(tmp_path))
    code, log = remember(_fault("张三 13800138000 in row 7"))
    assert log is not None
    told = log.read_text("utf-8")
    assert f"--- {code}" in told
    assert "in row 7" in told
    assert "test_fault_log.py" in told
    assert "张" not in told
    assert "138001" not in told
    assert remember(_fault("李四 13900139000 in row 7"))[0] == code


def test_faults_without_end_do_not_fill_the_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("CAMPMGR_STATE", str(tmp_path))
    for number in range(12):
        _, log = remember(_fault(f"{number} " + "row " * 75_000))
    assert sum(each.stat().st_size for each in tmp_path.iterdir()) < 3_000_000
    assert log is not None
    assert "11 row" in log.read_text("utf-8")
