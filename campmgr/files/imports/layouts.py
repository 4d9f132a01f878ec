"""The columns of the five kinds of import: headings as docs/formats.md gives them, and the synonyms met in real files."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

ImportKind = Literal["units", "people", "lessons", "marks", "likes"]
IMPORT_KINDS: tuple[ImportKind, ...] = ("units", "people", "lessons", "marks", "likes")
CALLED: dict[ImportKind, str] = {
    "units": "单位表",
    "people": "人员名单",
    "lessons": "课程表",
    "marks": "学习记录",
    "likes": "点赞数",
}
"""What a file of each kind is called."""

_NOISE = re.compile(r"[\s*:_\-.·、#]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A field, the heading we print for it, and the names it is known by in their plain form, the surest first."""

    field: str
    heading: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of file; of each group in `needed`, at least one column must be there."""

    columns: tuple[Column, ...]
    needed: tuple[tuple[str, ...], ...]


def plain(heading: str) -> str:
    """A heading as it is compared: NFKC, lower case, without spaces, stars and joining marks (replay_of = Replay Of)."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", heading)).casefold()


def _column(field: str, heading: str, *names: str) -> Column:
    """`names`: synonyms in plain form, separated by spaces; the heading itself comes first."""
    return Column(field, heading, (plain(heading), *" ".join(names).split()))


_UNIT = (
    "单位编码 单位编号 所属单位代码 unitcode 单位 单位名称 所属单位 所在单位 工作单位 学校名称 学校 所在学校 机构",
    "unit school organisation organization",
)
_NUMBER = "人员编号 学号 工号 学籍号 number no studentnumber studentid"
_NAME = "名字 学生姓名 同学姓名 学员姓名 孩子姓名 人员姓名 参与者姓名 参与者 name fullname"

LAYOUTS: dict[ImportKind, Layout] = {
    "units": Layout(
        (
            _column("code", "代码", "单位代码 单位编码 机构代码 编码 编号 行政区划代码 区划代码 code unitcode id"),
            _column("name", "名称", "单位名称 机构名称 单位 name unitname unit"),
            _column("parent", "上级代码", "上级单位代码 上级编码 上级编号 父级代码 主管单位代码 上级单位 上级 parentcode parent"),
            _column("kind", "类别", "单位类别 单位类型 类型 级别 层级 单位级别 level kind type"),
            _column("line", "条线", "所属条线 系统 所属系统 行业系统 line system"),
            _column("expected", "应参与人数", "应参加人数 应到人数 应参训人数 应学人数 总人数 人数 expected headcount"),
        ),
        (("code",), ("name",)),
    ),
    "people": Layout(
        (
            _column("number", "编号", "参与者编号", _NUMBER, "code id"),
            _column("name", "姓名", _NAME),
            _column("unit", "单位代码", *_UNIT),
            _column("class_name", "班级", "年级班级 班 部门 科室 classname class department"),
            _column(
                "phone",
                "手机号",
                "手机号码 手机 联系电话 电话 电话号码 联系方式 联系手机 家长电话 家长手机 家长手机号 监护人电话 phone mobile telephone",
            ),
            _column("kind", "参与者类别", "参与者类型 人员类别 人员类型 身份类别 身份 类别 类型 participantkind kind type"),
            _column(
                "guardian",
                "监护人同意",
                "监护人是否同意 监护人同意书 家长同意 家长是否同意 家长同意否 知情同意 guardian guardianconsent consent",
            ),
        ),
        (("name",),),
    ),
    "lessons": Layout(
        (
            _column("code", "编号", "课程编号 课程代码 课程编码 代码 编码 code lessoncode number id"),
            _column("name", "名称", "课程名称 课程标题 标题 课程 name title lesson"),
            _column("hours", "课时", "课时数 学时 学时数 classhours hours credits credit"),
            _column("length", "时长", "课程时长 视频时长 时长分钟 分钟 分钟数 length minutes duration"),
            _column("kind", "形式", "课程形式 课程类型 课程类别 类型 类别 kind type"),
            _column("field", "领域", "内容领域 课程领域 方向 分类 field category topic"),
            _column("replay_of", "重播自", "重播课程 重播 原直播编号 对应直播 直播编号 replayof replay"),
            _column("starts_at", "开始时间", "直播时间 直播开始时间 开播时间 开始日期 startsat start starttime begin"),
        ),
        (("code",), ("name",), ("hours",)),
    ),
    "marks": Layout(
        (
            _column("number", "参与者编号", "编号 参与者代码", _NUMBER, "code personcode person participant id"),
            _column("name", "姓名", _NAME),
            _column("unit", "单位代码", *_UNIT),
            _column("came", "到场", "是否到场 有没有到场 came present"),
            _column("lesson", "课程编号", "课程代码 课程编码 课程 lessoncode lesson course"),
            _column("minutes", "分钟", "分钟数 学习分钟 学习分钟数 观看分钟 学习时长 观看时长 时长 时长分钟 minutes duration"),
            _column("day", "日期", "学习日期 观看日期 参与日期 签到日期 学习时间 时间 day date"),
            _column("source", "方式", "参与方式 学习方式 记录方式 来源 类型 source method kind way"),
        ),
        (("number", "name"), ("lesson", "source")),
    ),
    "likes": Layout(
        (
            _column("link", "作品链接", "视频链接 作品地址 链接 网址 worklink link url"),
            _column("work", "作品编号", "作品id 作品代码 视频编号 视频id workid work code id"),
            _column("title", "标题", "作品标题 作品名称 视频标题 名称 title worktitle"),
            _column("author", "作者", "作者姓名 姓名 发布者 账号名称 账号昵称 昵称 author name nickname"),
            _column("number", "参与者编号", "作者编号 编号", _NUMBER, "authornumber person participant"),
            _column("account", "账号类型", "账号类别 帐号类型 账户类型 account accountkind accounttype"),
            _column("likes", "点赞数", "点赞量 点赞 获赞数 获赞 赞数 赞 likes likecount"),
            _column("plays", "播放数", "播放量 播放次数 播放 观看数 观看量 plays playcount views viewcount"),
            _column("published", "发布时间", "发布日期 上传时间 发表时间 published publishedat publishtime"),
            _column("unit", "单位代码", *_UNIT),
        ),
        (("link", "work"), ("likes",)),
    ),
}
