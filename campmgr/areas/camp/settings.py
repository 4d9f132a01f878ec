"""What the camp is: its name and notice, its days, how to take part, the fields of life it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import setting
from campmgr.settings.reading import day, is_web_address, quoted
from campmgr.settings.sections import Chosen, Section
from campmgr.settings.terms import vocabulary
from campmgr.wording import Reason

FIELDS = vocabulary(  # F-15
    "作品领域",
    {
        "企业": "进企业 工厂 enterprise company",
        "农村": "进农村 乡村 村 rural village",
        "城市社区": "社区 进社区 城市 community city",
        "学校": "进学校 校园 school campus",
        "家庭": "进家庭 居家 family home household",
    },
)

EVERY_FIELD = "*"
"""Stands for all fields together where people are counted field by field, each of them once."""

SUB_TOPICS: Mapping[str, tuple[str, ...]] = {  # F-16
    "企业": ("企业事故应急演练",),
    "农村": ("气象灾害", "地质灾害", "洪涝灾害", "火灾等事故灾害逃生救援"),
    "城市社区": ("高层建筑", "大型商业综合体", "旅游景区"),
    "学校": ("消防安全", "交通安全", "实验室安全", "应急疏散逃生", "溺水自救互救"),
    "家庭": ("用电用气安全", "电动车充电安全", "高楼火灾逃生"),
}


@dataclass(frozen=True, slots=True)
class Camp:
    """What the camp is and who stands behind it."""

    name: str = setting("训练营名称", "F-01", "线上“逃生演练训练营”", required=True, is_asked=True)
    hashtag: str = setting("话题", "F-01", "“#逃生演练训练营”话题征集")
    occasion: str = setting("所属活动", "F-02", "今年6月是第22个全国“安全生产月”", is_asked=True)
    theme: str = setting("活动主题", "F-02", "活动主题是“人人讲安全、个个会应急”")
    year: int = setting("年份", "F-02", default=0, within=(0, 9999), is_asked=True)
    host: str = setting("主办单位", "F-03", "主办单位：全国安全生产月活动组委会办公室")
    support: str = setting("技术支持", "F-03", "技术支持：北京快手科技有限公司")
    issuers: tuple[str, ...] = setting("发文单位（按次序）", "F-04", default=())
    document_number: str = setting("文号", is_asked=True)
    document_on: str = setting("发文日期", form=day, is_asked=True)
    base_address: str = setting("印制材料所用网址", is_asked=True)


@dataclass(frozen=True, slots=True)
class WarmUp:
    """The days before the camp proper, both included."""

    starts_on: str = setting("预热开始日期", "F-05", "活动预热时间为5月20日至5月30日", form=day, is_asked=True)
    ends_on: str = setting("预热结束日期", "F-05", "活动预热时间为5月20日至5月30日", form=day, is_asked=True)


@dataclass(frozen=True, slots=True)
class Live:
    """The camp proper, both days included; without an end it goes on until one is set."""

    starts_on: str = setting("正式上线日期", "F-05", "活动正式上线时间为5月31日", form=day, is_asked=True)
    ends_on: str = setting("结束日期（留空为未定）", "F-05", form=day, is_open=True)


@dataclass(frozen=True, slots=True)
class TakingPart:
    """The texts that tell people how to take part; nothing here is ever called over the network."""

    official_site: str = setting("官网网址", "F-11", "登录全国安全生产月官网，下载操作流程并参与活动，地址：www.anquanyue.org.cn")
    official_site_help: str = setting("参与方式一", "F-11")
    app: str = setting("平台", "F-12", "下载“快手极速版APP”，关注“逃生演练训练营”账号，观看科普视频和专家直播")
    account: str = setting("平台账号", "F-12")
    app_help: str = setting("参与方式二", "F-12")
    search_words: tuple[str, ...] = setting(
        "搜索关键词", "F-28", "输入“逃生演练”、“逃生演练营”、“逃生演练训练营”任一关键词，即可参与活动", default=()
    )
    daily_scan_help: str = setting("每日扫码提示", "F-23", "请仔细阅读下方步骤，每天扫码参与活动")
    steps: tuple[str, ...] = setting("操作流程", "F-27", default=())
    platform_code: str = setting("平台二维码里的内容（留空则海报上留一格粘贴）", "F-29", "快手极速版扫描上方二维码")
    platform_code_caption: str = setting("平台二维码说明", "F-29", "快手极速版扫描上方二维码")
    own_code_caption: str = setting("本系统二维码说明", "F-29", default="扫描此码加入本训练营、登记课时")


@dataclass(frozen=True, slots=True)
class Topics:
    """The fields of life that lessons and works are about."""

    fields: tuple[str, ...] = setting("作品领域", "F-15", default=FIELDS.words, required=True, allowed=FIELDS.words, place=1)


def _in_order(name: str, period: WarmUp | Live) -> Iterator[Complaint]:
    """A complaint where a period ends before it starts."""
    start, end = period.starts_on, period.ends_on
    if start and end and end < start:
        yield Complaint(f"{name}.ends_on", quoted(end), f"不早于 {name}.starts_on（{start}）的日期", "bad_date")


def _scannable(chosen: Chosen) -> Iterator[Complaint]:
    """A complaint about a base address that no telephone could open: it is printed on posters, slips and certificates."""
    base = chosen[Camp].base_address
    if base and not is_web_address(base):
        expected = "带 http 的完整网址，手机照着就能打开（没有就留空）"
        yield Complaint("camp.base_address", quoted(base), expected, "wrong_usage")


def _left_open(chosen: Chosen) -> Iterator[Reason]:
    live, year = chosen[Live], chosen[Camp].year
    if not live.ends_on:
        yield Reason("no_end_date", "通知没有写结束日期，活动会一直进行；定下后请在“规则”里填写结束日期。")
    if year and live.starts_on and live.starts_on[:4] != f"{year}":
        begun = live.starts_on[:4]
        yield Reason(
            "other_year", f"年份写的是 {year}，而 {begun} 年上线；查验证书的页面上写着年份，请在“规则”里改年份和所属活动。"
        )


SECTIONS = (
    Section("camp", Camp, "训练营", place=20, check=_scannable),
    Section("warm_up", WarmUp, "预热", place=30, check=lambda chosen: _in_order("warm_up", chosen[WarmUp])),
    Section("live", Live, "正式活动", place=40, check=lambda chosen: _in_order("live", chosen[Live]), remind=_left_open),
    Section("taking_part", TakingPart, "参与方式", place=60),
    Section("works", Topics, "作品", place=100),
)
