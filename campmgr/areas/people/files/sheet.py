"""The spreadsheet of people."""

from __future__ import annotations

from campmgr.areas.people.actions.import_people import PeoplePlanner
from campmgr.areas.people.actions.people import Registration
from campmgr.areas.units.settings import PARTICIPANT_KINDS
from campmgr.files import cells
from campmgr.files.imports.columns import Row
from campmgr.files.imports.layouts import NAME, NAME_NEVER, NUMBER, NUMBER_NEVER, UNIT, UNIT_NEVER, Layout, Waiting, column
from campmgr.files.imports.row_reading import RowReader, get
from campmgr.files.imports.sheets import Importing, Sheet
from campmgr.files.read_table import is_blank

_PEOPLE = Layout(
    "people",
    "人员名单",
    (
        column("number", "编号", "参与者编号", NUMBER, "code id", parts="学号 学籍 编号 工号", never=NUMBER_NEVER),
        column("name", "姓名", NAME, parts="姓名 名字", never=NAME_NEVER),
        column("unit", "单位代码", *UNIT, parts="单位 学校 机构", never=UNIT_NEVER),
        column(
            "class_name",
            "班级",
            "年级班级 班 部门 科室 classname class department",
            parts="班级 部门 科室 班别",
            never="主任 人数 老师 口号 编号 代码 电话 负责",
        ),
        column(
            "phone",
            "手机号",
            "手机号码 手机 联系电话 电话 电话号码 联系方式 联系手机 家长电话 家长手机 家长手机号 监护人电话 phone mobile telephone",
            parts="电话 手机 联系方式",
            never="主任 老师 教师 单位 学校 办公 座机 固定 型号 负责 微信 宅电 验证",
        ),
        column("kind", "参与者类别", "参与者类型 人员类别 人员类型 身份类别 身份 类别 类型 participantkind kind type"),
        column(
            "guardian",
            "监护人同意",
            "监护人是否同意 监护人同意书 家长同意 家长是否同意 家长同意否 知情同意 guardian guardianconsent consent",
            parts="家长同意 监护人同意 家长是否 监护人是否 同意书",
        ),
    ),
    (("name",),),
    waiting=Waiting(
        frozenset({"conflict"}),
        "去逐条核对",
        "编号是别人的 %(n)s 行，导入后列在“核对”里，逐条定：是同一个人、是另一个人，还是不导入。",
    ),
)


def read_person(reader: RowReader, row: Row) -> Registration:
    """A row of people; without a kind they are what most people of their unit are (`likely_kind`)."""
    class_name = reader.side(row, "class_name", cells.class_name, "")
    return Registration(
        unit=get(row, "unit", cells.code, ""),
        name=reader.person_name(row, "name"),
        number=get(row, "number", cells.code, ""),
        class_name=class_name,
        class_unread=not class_name and not is_blank(row.values.get("class_name", "")),
        phone=reader.side(row, "phone", cells.phone, ""),
        kind=reader.side_word(row, "kind", PARTICIPANT_KINDS, ""),
        guardian=reader.side(row, "guardian", cells.yes, otherwise=False),
    )


def _plan(to: Importing) -> PeoplePlanner:
    return PeoplePlanner(to.batch, to.actor, to.unit, to.within)


SHEETS = (Sheet(_PEOPLE, read_person, _plan),)
