"""The rule book of activities that give points for reported items; each setting with what the notice says (docs/notices.md#points).

Sections that other notices need, too, are those of `periods/settings.py`, here with the words of this notice and what it adds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from campmgr.periods.settings import BEFORE, COUNTED, EXCUSED, WEEK_OF, Quotas, Timeliness
from campmgr.settings.complaints import Complaint
from campmgr.settings.fields import Field, Words, setting
from campmgr.settings.reading import day, words, wrong
from campmgr.settings.sections import Chosen, Section

NEWS, OPINION, ARTICLE, COMMISSIONED = "工作动态", "舆情", "综合性原创文章", "约稿"
SORTS = (NEWS, OPINION, ARTICLE, COMMISSIONED)
"""What can be reported."""
SHORT_NEWS = (NEWS, OPINION)
"""信息: what the notice wants every week, and in time."""

CLASSES = (1, 2, 3, 4, 5)
"""The classes of outlets, from 一类 to 五类."""

_SCORING = "上报信息与录用信息不重复加分"
_ADOPTED = "综合性原创文章被一类录用每条15分，被二类录用每条12分，被三类录用每条10分，被四类录用每条6分，被五类录用每条4分"
_IN_TIME = "信息报送要注重时效性，特别是上级督查、会议等信息，要在规定时间2天内报送，否则不计分"
_WEEKLY = "每周至少报送1篇工作动态和3篇舆情"
_ARTICLES = "每月至少报送1篇800字综合性原创文章"
_RANKED = "最终考核得分按照统计总分从高到低格次赋分进行排名"
_PATH = "采写成宣传稿件经各部门负责人、各分管领导审核后上报至区应急管理局人事教育科"
_VENUES = "Ⅰ类馆不小于200平方米（指使用面积）；Ⅱ类馆不小于120平方米"

ADOPTED_SORTS = {"article": ARTICLE, "commissioned": f"{ARTICLE}和{COMMISSIONED}", "all": "全部四类稿件"}
SEVERAL = {"highest": "按最高的一类计一次", "sum": "每家都计", "each_class_once": "每类计一次"}
ADOPTED_IN = {"report": "稿件报送的那个时期", "adoption": "被录用的那个时期，报送分在那里扣回"}
TIMELY_FOR = {"news": "工作动态和舆情", "urgent": "只对注明督查、会议等的信息", "all": "全部四类稿件"}
COUNT_RULES = {"han": "汉字", "marks": "汉字和标点", "wps": "WPS 字数"}
PASSING = {"warn": "未审的照计，只提醒", "required": "三级审完才计"}
JOINT = {"once": "一行算一个单位", "each": "行内每个科室各算一份"}
FIRST_COLUMNS = {"count": "条数", "points": "得分"}


def grades(about: Field, found: object) -> Words | Complaint:
    """A form: lines "1=10" or "2-4=8", what a place, or those from one to another, are given."""
    said = words(about, found)
    if isinstance(said, Complaint):
        return said
    for line in said:
        places, _, given = line.partition("=")
        first, _, last = places.partition("-")
        if not (first.isdigit() and given.isdigit() and (last.isdigit() or not last)):
            return wrong(about, line, "名次=赋分，如 1=10 或 2-4=8", "bad_number")
    return said


def aliases(about: Field, found: object) -> Words | Complaint:
    """A form: lines "另称=名称"."""
    said = words(about, found)
    if isinstance(said, Complaint):
        return said
    bad = next((line for line in said if not all(part.strip() for part in line.partition("="))), None)
    return said if bad is None else wrong(about, bad, "另称=名称，如 武进应急公众号=区应急管理局微信", "wrong_usage")


def before_words(day: str) -> str:
    """Until when a form comes back, as its foot says it: 于3月4日前; 按时 where no day is set."""
    return f"于{int(day[5:7])}月{int(day[8:10])}日前" if day else "按时"


# fmt: off
@dataclass(frozen=True, slots=True)
class Points:
    """What an item is worth."""

    name: str = setting("活动名称", "W-01", default="新闻宣传积分", required=True, is_asked=True)
    year: int = setting("考核年度", "W-20", "2022年度信息宣传稿件积分统计表", default=2022, within=(1990, 2200), is_asked=True)
    news: int = setting("工作动态每条（分）", "W-10", "工作动态和舆情信息每条1分", default=1, within=(0, 1000))
    opinion: int = setting("舆情每条（分）", "W-10", "工作动态和舆情信息每条1分", default=1, within=(0, 1000))
    article: int = setting("综合性原创文章每条（分）", "W-11", "综合性原创文章或约稿每条2分", default=2, within=(0, 1000))
    commissioned: int = setting("约稿每条（分）", "W-11", "综合性原创文章或约稿每条2分", default=2, within=(0, 1000))
    adopted_1: int = setting("一类录用每条（分）", "W-13", _ADOPTED, default=15, within=(0, 1000))
    adopted_2: int = setting("二类录用每条（分）", "W-13", _ADOPTED, default=12, within=(0, 1000))
    adopted_3: int = setting("三类录用每条（分）", "W-13", _ADOPTED, default=10, within=(0, 1000))
    adopted_4: int = setting("四类录用每条（分）", "W-13", _ADOPTED, default=6, within=(0, 1000))
    adopted_5: int = setting("五类录用每条（分）", "W-13", _ADOPTED, default=4, within=(0, 1000))
    no_double: bool = setting("录用后不再计报送分", "W-14", _SCORING, default=True)
    adopted_sorts: str = setting("哪些稿件被录用计录用分", "W-13", _ADOPTED, default="article", is_open=True, allowed=ADOPTED_SORTS)
    several: str = setting("一篇被几家录用", "W-14", _SCORING, default="highest", is_open=True, allowed=SEVERAL)
    adopted_in: str = setting("录用分计入哪个时期", "W-14", _SCORING, default="report", is_open=True, allowed=ADOPTED_IN)
    grades: tuple[str, ...] = setting("名次赋分（如 1=10、2-4=8；空为不赋）", "W-15", _RANKED, default=(), form=grades, is_open=True)
    first_columns: str = setting("统计表前两列填什么", "W-20", "工作动态/舆情、综合性文章/约稿", default="count", is_open=True,
                                 allowed=FIRST_COLUMNS)


@dataclass(frozen=True, slots=True)
class Timely(Timeliness):
    """Within how many days an item must be reported, which, and what becomes of late ones."""

    days: int = setting("几天内报送", "W-12", _IN_TIME, default=2, within=(1, 60))
    counted: str = setting("几天怎样算", "W-12", _IN_TIME, default="calendar", is_open=True, allowed=COUNTED)
    sorts: str = setting("时限对哪些稿件", "W-12", _IN_TIME, default="news", is_open=True, allowed=TIMELY_FOR)
    late_in_quota: bool = setting("迟报的仍计入任务", "W-12", _IN_TIME, default=True, is_open=True)
    late_adopted: bool = setting("迟报的被录用仍计录用分", "W-12", _IN_TIME, default=True, is_open=True)


@dataclass(frozen=True, slots=True)
class Tasks(Quotas):
    """How much each sort of unit owes, and for which weeks, months and quarters."""

    week_of: str = setting("跨月的一周算哪个月", "W-06", _WEEKLY, default="monday", is_open=True, allowed=WEEK_OF)
    starts_on: str = setting("从哪一天起考核（留空为从年初起）", "W-06", _WEEKLY, form=day, is_open=True)
    partial_first: str = setting("开始考核时已过了一部分的周、月、季度", "W-06", _WEEKLY, default="excused", is_open=True,
                                 allowed=EXCUSED)
    holiday_weeks: str = setting("七天全放假的一周", "W-06", _WEEKLY, default="due", is_open=True, allowed=EXCUSED)
    news: int = setting("每周工作动态（篇）", "W-06", _WEEKLY, default=1, within=(0, 1000))
    opinion: int = setting("每周舆情（篇）", "W-06", _WEEKLY, default=3, within=(0, 1000))
    office_articles: int = setting("科室、大队每月综合性原创文章（篇）", "W-06", _ARTICLES, default=1, within=(0, 1000))
    block_articles: int = setting("板块每季度综合性原创文章（篇）", "W-07", "每季度至少报送1篇800字的综合性原创文章", default=1,
                                  within=(0, 1000))
    commissioned: bool = setting("约稿抵文章任务", "W-08", "按要求完成有关约稿任务", default=False, is_open=True)
    joint_row: str = setting("合并填报的科室", "W-22", "调查减灾科、火灾防治科", default="once", is_open=True, allowed=JOINT)


@dataclass(frozen=True, slots=True)
class Articles:
    """How long an article is, and what becomes of one that is too short."""

    least: int = setting("综合性原创文章至少多少字", "W-09", "800字综合性原创文章", default=800, within=(0, 100_000))
    count: str = setting("字数怎样数", "W-09", "800字综合性原创文章", default="marks", is_open=True, allowed=COUNT_RULES)
    short_points: bool = setting("字数不够的仍计报送分", "W-09", "800字综合性原创文章", default=True, is_open=True)
    short_in_quota: bool = setting("字数不够的仍计入任务", "W-09", "800字综合性原创文章", default=False, is_open=True)


@dataclass(frozen=True, slots=True)
class Passing:
    """Who looks at an item before it reaches the host."""

    required: str = setting("没有审完的稿件", "W-05", _PATH, default="warn", is_open=True, allowed=PASSING)
    stages: tuple[str, ...] = setting("逐级审核", "W-05", _PATH, default=("部门负责人", "分管领导", "人事教育科"), required=True)


@dataclass(frozen=True, slots=True)
class Rows:
    """Which units the two tables name, and in which order; each group is a unit of the tree with these below it."""

    blocks: str = setting("“板块”在单位树里的代码", "W-01", "各乡镇（开发区、街道）", default="BK")
    offices: str = setting("“科室大队”在单位树里的代码", "W-01", "各科室、大队", default="KS")
    block_names: tuple[str, ...] = setting("板块统计表各行", "W-21", "2022年度信息宣传稿件积分统计表（板块）", default=())
    office_names: tuple[str, ...] = setting("科室大队统计表各行", "W-22", "2022年度信息宣传稿件积分统计表（科室大队）", default=())
    blank_after: tuple[str, ...] = setting("哪些行后面有一个空行", "W-22", "2022年度信息宣传稿件积分统计表（科室大队）", default=())


@dataclass(frozen=True, slots=True)
class Outlets:
    """The outlets that the notice names; the host adds others to a list of its own, with the day from which each counts."""

    class_1: tuple[str, ...] = setting("一类", "W-19", "附件2：主要载体分类", default=())
    class_2: tuple[str, ...] = setting("二类", "W-19", "附件2：主要载体分类", default=())
    class_3: tuple[str, ...] = setting("三类", "W-19", "附件2：主要载体分类", default=())
    class_4: tuple[str, ...] = setting("四类", "W-19", "附件2：主要载体分类", default=())
    class_5: tuple[str, ...] = setting("五类", "W-19", "附件2：主要载体分类", default=())
    aliases: tuple[str, ...] = setting("另称（另称=名称）", "W-19", "附件2：主要载体分类", default=(), form=aliases)


@dataclass(frozen=True, slots=True)
class Venues:
    """How large a venue of each class must be, and how many a unit lists."""

    least_1: int = setting("Ⅰ类馆至少（十分之一平方米）", "W-24", _VENUES, default=2000, within=(0, 10**7))
    least_2: int = setting("Ⅱ类馆至少（十分之一平方米）", "W-24", _VENUES, default=1200, within=(0, 10**7))
    usable_for_two: bool = setting("Ⅱ类馆也按使用面积", "W-24", _VENUES, default=True, is_open=True)
    fewest: int = setting("每个板块至少几家", "W-25", "各单位摸排2-3家公共安全体验基地和场馆", default=2, within=(0, 100))
    most: int = setting("每个板块至多几家", "W-25", "各单位摸排2-3家公共安全体验基地和场馆", default=3, within=(0, 100))


@dataclass(frozen=True, slots=True)
class Due:
    """Until when the two forms come back."""

    roster_on: str = setting("宣传员名单报送截止", "W-03", "于2022年3月4日前将宣传员名单报送", form=day)
    venues_on: str = setting("场馆汇总表报送截止", "W-25", "汇总表请于3月4日前报送至区应急管理局人事教育科", form=day)
    before: str = setting("“某日前”含不含当天", "W-03", "3月4日前报送", default="included", is_open=True, allowed=BEFORE)


@dataclass(frozen=True, slots=True)
class Forms:
    """What the printed forms name: the host's district, and the office they are handed to."""

    roster_district: str = setting("宣传员名单的标题写哪里", "W-02", "武进区应急管理宣传员名单", default="")
    venues_district: str = setting("场馆汇总表的标题写哪里", "W-23", "常州市武进区公共安全体验馆摸排汇总表", default="")
    office: str = setting("表报送到哪里", "W-03", "报送至区应急管理局人事教育科", default="主办单位")


@dataclass(frozen=True, slots=True)
class Tags:
    """Words that an item may bear, for the plan of the year and for the account."""

    columns: tuple[str, ...] = setting("公众号栏目", "W-27", "细分“IN急资讯”“IN急先锋”“IN急互动”三大版块", default=())
    plan: tuple[str, ...] = setting("宣传重点", "W-26", "安全宣传“五进”活动；“五个一”；“四个一”；1+N宣传示范阵地", default=())
    days: tuple[str, ...] = setting("主题活动", "W-26", "“5·12”防灾减灾周、安全生产月、消防宣传周", default=())
# fmt: on


def _check(chosen: Chosen) -> Iterable[Complaint]:
    venues = chosen[Venues]
    if venues.fewest > venues.most:
        yield Complaint("venues.most", str(venues.most), f"不少于 {venues.fewest} 的数", "out_of_range")


SECTIONS = (
    Section("points", Points, "积分", place=10),
    Section("timeliness", Timely, "时限", place=20),
    Section("quotas", Tasks, "任务", place=30),
    Section("articles", Articles, "文章", place=40),
    Section("passing", Passing, "审核", place=50),
    Section("rows", Rows, "统计表各行", place=60),
    Section("outlets", Outlets, "载体分类", place=70),
    Section("venues", Venues, "体验馆", place=80, check=_check),
    Section("due", Due, "报送截止", place=90),
    Section("forms", Forms, "表头", place=95),
    Section("tags", Tags, "栏目和重点", place=100),
)
