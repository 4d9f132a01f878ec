"""`campmgr entry check`: files judged before they are handed in, without a data file and without a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from campmgr.areas.entries.files.probing import probe_file
from campmgr.areas.entries.rules.checking import Checked, check, class_named
from campmgr.areas.entries.rules.verdicts import LEVEL_WORDS, Finding
from campmgr.areas.entries.settings import CLASSES
from campmgr.cli.opened import catalogue_in_use, reading
from campmgr.cli.output import db_option, emit, json_option, table
from campmgr.errors import BadInput, Refused
from campmgr.facts.finding import chosen_activity
from campmgr.settings.rules import Rules

SORT = "entries"
_PRESET = "works-collection-2023"


@click.command("check")
@click.argument("files", nargs=-1, required=True, metavar="文件…", type=click.Path(path_type=Path))
@click.option("--preset", default=_PRESET, metavar="预设", help=f"按哪份公文的规则（默认 {_PRESET}）；不需要数据文件。")
@click.option("--activity", default="", metavar="代码", help="按数据文件里哪个活动的规则；不写就按预设。")
@click.option("--class", "kind", default="", metavar="类别", help=f"按哪一类查：{'、'.join(CLASSES)}；不写就看内容。")
@click.option("--strict", is_flag=True, help="有不合格的，以退出码 5 结束。")
@db_option
@json_option
def check_(files: tuple[Path, ...], preset: str, activity: str, kind: str, strict: bool, db: str | None, as_json: bool) -> None:
    """报送前体检：每条规则旁边写明查到的值和怎样修改；文件不离开这台电脑。文件夹写上就查里面的全部文件。"""
    rules, kind = _rules(preset, activity, db), class_named(kind)
    if kind and kind not in CLASSES:
        raise BadInput(f"没有“{kind}”这一类。", reason="unknown_word", hint=f"可以是：{'、'.join(CLASSES)}。")
    checked = [check(probe_file(path), rules, kind) for path in _each(files)]
    failed = sum(not each.passes for each in checked)
    data = {"rules": rules.value_of("entries.name"), "files": [checked_data(each) for each in checked], "failed": failed}
    emit(data, as_json=as_json, text=lambda: "\n\n".join([*map(_text, checked), f"{len(checked)} 个文件，{failed} 个不合格。"]))
    if strict and failed:
        raise Refused(f"{failed} 个文件不合格。", hint="请按上面写的修改后再查一次。")


def _rules(preset: str, activity: str, db: str | None) -> Rules:
    """The rules of an activity that is named, else those of a preset, which need no data file."""
    if not activity:
        every = catalogue_in_use()
        if every.sort_of(preset) != SORT:
            raise BadInput(f"预设“{preset}”不是作品征集。", reason="unknown_word", hint=f"例如 {_PRESET}。")
        return every.activity_rules(preset)
    with reading(db) as (_r, world):
        return chosen_activity(world, activity, SORT).rules


def _each(files: Iterable[Path]) -> Iterator[Path]:
    for path in files:
        if path.is_dir():
            yield from sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith("."))
        else:
            yield path


def checked_data(checked: Checked) -> dict[str, Any]:
    """A file that was checked, as JSON. `width` and `height` are as shown, upright; `pages` is 1 for a picture."""
    probe = checked.probe
    return {
        "name": probe.name, "bytes": probe.bytes, "sha256": probe.sha256, "container": probe.container or None,
        "brand": probe.brand or None, "codec": probe.codec or None, "ms": probe.ms, "width": probe.width or None,
        "height": probe.height or None, "rotation": probe.rotation, "short_side": probe.short_side or None,
        "pages": 1 if probe.is_picture else None, "class": checked.kind or None,
        "findings": [finding_data(each) for each in checked.findings], "passes": checked.passes,
    }  # fmt: skip


def finding_data(finding: Finding) -> dict[str, str]:
    """A finding as JSON."""
    return {"rule": finding.rule, "level": finding.level, "found": finding.found, "wanted": finding.wanted, "fix": finding.fix}


def _text(checked: Checked) -> str:
    rows = [(LEVEL_WORDS[each.level], each.words, each.found, each.wanted) for each in checked.findings]
    fixes = [f"  → {each.words}：{each.fix}" for each in checked.findings if each.fix]
    head = f"{checked.probe.name}：{'合格' if checked.passes else '不合格'}"
    return "\n".join([head, table(("", "规则", "查到", "要求"), rows), *fixes])
