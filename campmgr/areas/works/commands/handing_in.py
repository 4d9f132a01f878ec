"""`campmgr work`: hand a work in with what its author agreed to (F-17)."""

from __future__ import annotations

import click

from campmgr.areas.people.queries.finding import find_person
from campmgr.areas.works.actions.hand_in import hand_in_work
from campmgr.areas.works.queries.handed_in import agreements_of, works_by
from campmgr.areas.works.rules.work import Work
from campmgr.areas.works.settings import Works
from campmgr.cli.opened import reading, writing
from campmgr.cli.output import camp_option, db_option, emit, json_option, present_camp_option
from campmgr.errors import BadInput
from campmgr.facts import world as worlds
from campmgr.files.cells import CellProblem
from campmgr.files.links import link as read_link
from campmgr.ids import random_id


@click.group()
def work() -> None:
    """作品：登记，连同作者逐项确认的作品要求。"""


@work.command("hand-in")
@click.option("--person", required=True, metavar="编码", help="作者：16 位编码，或在本营唯一的编号。")
@click.option("--link", required=True, metavar="链接", help="作品链接；从平台复制的一整段也行。")
@click.option("--title", required=True, metavar="标题", help="作品的标题。")
@click.option("--account", default="", metavar="类型", help="个人号或官方号（默认规则里的第一种）。")
@click.option("--field", default="", metavar="领域", help="作品领域。")
@click.option("--published-on", default="", metavar="日期", help="发布日期。")
@click.option("--agreed", is_flag=True, help="作者已逐项确认作品要求（原文见 campmgr rules show works）。")
@present_camp_option
@db_option
@json_option
def hand_in(person: str, link: str, title: str, account: str, field: str, published_on: str, *, agreed: bool, db: str | None,
            as_json: bool) -> None:  # fmt: skip
    """登记一件作品和作者的承诺；已经登记过的，只补记承诺。"""
    with writing(db) as w:
        address = _address(link)
        asked = worlds.load(w).rules[Works]
        told = Work(title.strip(), address, "", account or asked.accounts[0], field, published_on)
        key = hand_in_work(w, told, find_person(w, person), agreed=agreed, batch=random_id())
        agreement = agreements_of(w, worlds.load(w), [key]).get(key)
    versions = list(agreement.versions) if agreement else []
    emit({"work": key, "agreed": versions}, as_json=as_json,
         text=lambda: f"已登记作品{'，作者确认了 ' + '、'.join(versions) + ' 版的作品要求' if versions else ''}。")  # fmt: skip


def _address(typed: str) -> str:
    try:
        return read_link(typed)
    except CellProblem as problem:
        raise BadInput(problem.sentence, reason=problem.reason) from problem


@work.command("list")
@click.option("--person", required=True, metavar="编码", help="作者。")
@camp_option
@db_option
@json_option
def listed(person: str, db: str | None, as_json: bool) -> None:
    """一个人的作品，各承诺了哪一版作品要求。"""
    with reading(db) as (r, world):
        found = works_by(r, world, find_person(r, person).person)
    rows = [
        {"work": each.work, "title": each.title, "link": each.link, "counts": each.counts,
         "agreed": list(each.agreement.versions) if each.agreement else [],
         "agreed_at": each.agreement.at if each.agreement else None}
        for each in found
    ]  # fmt: skip
    emit({"works": rows}, as_json=as_json, text=lambda: "\n".join(
        f"{each.title}　{each.agreement.at + ' 承诺 ' + '、'.join(each.agreement.versions) + ' 版' if each.agreement else '没有承诺记录'}"
        for each in found) or "还没有作品。")  # fmt: skip
