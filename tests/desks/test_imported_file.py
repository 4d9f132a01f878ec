"""A file that was imported leaves its name, sum and counts beside its batch, on every node that holds the unit."""

from __future__ import annotations

import pytest

from campmgr.areas.hours.actions import corrections
from campmgr.files.imports.importing import Options, import_file
from campmgr.files.read_table import file_sha256

PEOPLE = "编号,姓名,单位\nN1,阿雅,3501\nN2,,3501\nN3,巴迪,3501\n"
LIKES = "作品链接,标题,作者,点赞数\nhttps://k.example/1,演练,阿雅,12\n"


def _file(tmp_path, text: str, name: str):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def _imports(node):
    return node.see(lambda r: r.all("select batch, unit, kind, (select n.name from local_file_names n where n.batch = i.batch),"
                                    " sha256, read_at, row_count, new_rows, changed_rows, unchanged_rows, rejected_rows, actor"
                                    " from imports i order by clock"))  # fmt: skip


def test_an_import_is_kept_with_name_sum_and_counts(cast, tmp_path):
    node, path = cast.root(), _file(tmp_path, PEOPLE, "名单 六月.csv")
    done = import_file(node.store, "people", path, Options(unit="3501", actor="account:a"))
    expected = (done.batch, node.unit("3501"), "people", "名单 六月.csv", file_sha256(path), "", 3, 2, 0, 0, 1, "account:a")
    assert _imports(node) == [expected]


def test_what_a_file_was_called_stays_where_it_was_imported_but_for_the_sources_of_a_prize_list(cast, tmp_path):
    root, school = cast.root(), cast.new("A")
    root.enrols(school, "3501")
    import_file(school.store, "people", _file(tmp_path, PEOPLE, "巴迪家长.csv"), Options(unit="3501"))
    import_file(school.store, "likes", _file(tmp_path, LIKES, "六月点赞.csv"), Options(unit="3501"))
    school.sends(root)
    names = root.see(lambda r: r.all("select kind, file from imports order by kind"))
    assert names == [("likes", "六月点赞.csv"), ("people", "")]
    assert "巴迪家长".encode() not in root.bytes_on_disk()


def test_the_same_bytes_again_add_nothing_and_a_dry_run_neither(cast, tmp_path):
    node, path = cast.root(), _file(tmp_path, PEOPLE, "a.csv")
    import_file(node.store, "people", path, Options(dry_run=True))
    assert _imports(node) == []
    import_file(node.store, "people", path, Options())
    import_file(node.store, "people", path, Options())
    assert len(_imports(node)) == 1


def test_likes_keep_when_they_were_read_and_other_kinds_nothing(cast, tmp_path):
    node = cast.root()
    node.clock.move(days=30)
    import_file(node.store, "likes", _file(tmp_path, LIKES, "l.csv"), Options(read_at="2023-06-12T18:00"))
    import_file(node.store, "units", _file(tmp_path, "代码,名称,上级代码\n3501-Z1,新校,3501\n", "u.csv"), Options())
    assert [(row[2], row[5]) for row in _imports(node)] == [("likes", "2023-06-12T10:00:00Z"), ("units", "")]


def test_a_batch_taken_back_stays_in_the_list_and_a_rebuild_changes_nothing(cast, tmp_path):
    node = cast.root()
    done = import_file(node.store, "people", _file(tmp_path, PEOPLE, "a.csv"), Options())
    assert done.batch
    node.do(corrections.withdraw, done.batch, "弄错了")
    assert node.see(lambda r: r.value("select count(*) from people where name <> ''")) == 0
    assert [row[0] for row in _imports(node)] == [done.batch]
    before = node.hash
    assert node.rebuilt() == before


@pytest.mark.parametrize("name", ["../../etc/名单.csv", "C:\\fakepath\\名单.csv", "名\x00单.csv"])
def test_a_file_name_is_only_a_name(cast, tmp_path, name):
    node = cast.root()
    import_file(node.store, "people", _file(tmp_path, PEOPLE, "a.csv"), Options(file_name=name))
    assert _imports(node)[0][3] == "名单.csv"
