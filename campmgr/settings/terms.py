"""The words of the camp: closed lists, their synonyms, and the nearest known word for a mistyped one (docs/formats.md#words)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OUTSIDE = "outside"
"""The kind of a work's author who never joined (docs/ledger.md#erasure)."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of words: `words` are the stored ones, `shown` how people see them, `known` every folded spelling."""

    name: str
    words: tuple[str, ...]
    shown: Mapping[str, str]
    known: Mapping[str, str] = field(repr=False)


def fold(text: str) -> str:
    """The form in which words are compared: NFKC, no case, no spaces, hyphens, underscores or quotation marks."""
    bare = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in bare if not character.isspace() and character not in "-_“”\"'《》")


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, or None when nothing is near."""
    spellings = {fold(each): each for each in known}
    close = get_close_matches(fold(word), spellings, n=1, cutoff=0.55)
    return spellings[close[0]] if close else None


def match_word(vocabulary: Vocabulary, text: str) -> str | None:
    """The stored word for `text`, which may be a synonym, English, or in other widths and cases; None when unknown."""
    return vocabulary.known.get(text) or vocabulary.known.get(fold(text))


def suggest(vocabulary: Vocabulary, text: str) -> str | None:
    """The stored word nearest to an unknown `text`, synonyms considered, or None."""
    close = nearest(text, vocabulary.known)
    return vocabulary.known[close] if close else None


def say(vocabulary: Vocabulary, word: str) -> str:
    """A stored word as people read it; a word from a newer version comes back as it is."""
    return vocabulary.shown.get(word, word)


def _vocabulary(name: str, entries: Mapping[str, str], shown: Mapping[str, str] | None = None) -> Vocabulary:
    """Build a vocabulary from {stored word: "synonym synonym …"}; two words claiming one spelling is a mistake here."""
    display = {word: (shown or {}).get(word, word) for word in entries}
    known: dict[str, str] = {}
    for word, synonyms in entries.items():
        for spelling in (word, display[word], *synonyms.split()):
            if known.setdefault(fold(spelling), word) != word:
                raise ValueError(f"{name}: {spelling} stands for two words")
    return Vocabulary(name, tuple(entries), display, known)


UNIT_KINDS = _vocabulary(
    "单位类别",
    {
        "省": "省级 自治区 直辖市 province provincial",
        "市": "地级市 设区市 设区的市 地市 市级 city municipality prefecture",
        "县": "区 县级市 市辖区 县级 区县 县区 县（市、区） 县市区 county district",
        "乡": "街道 镇 乡镇 乡镇街道 乡级 街道办 街道办事处 township town street subdistrict",
        "村": "居委会 村委会 行政村 村居 村民委员会 居民委员会 村级 village",
        "学校": "小学 中学 初中 高中 大学 高校 学院 幼儿园 中职 职校 school university college kindergarten",
        "社区": "居民区 小区 community neighbourhood neighborhood",
        "企业": "公司 国企 央企 中央企业 地方企业 工厂 enterprise company firm business",
        "机关": "政府机关 党政机关 事业单位 机关单位 部门 agency office government authority",
        "妇联": "妇女联合会 妇女之家 federation womensfederation women'sfederation",
        "其他": "其它 other others",
    },
)

LINES = _vocabulary(
    "条线",
    {
        "安委": "安办 安委办 安委会 安委会办公室 安全生产委员会 安全生产委员会办公室 safety safetycommittee",
        "应急": "应急管理 应急局 应急管理局 应急管理厅 综合执法与应急管理局 emergency",
        "教育": "教育局 教育厅 教育系统 社会事业局 education",
        "妇联": "妇女联合会 省妇联 市妇联 县妇联 women federation womensfederation",
        "企业": "企事业 国资 国资委 enterprise business",
        "社区": "社区条线 街道社区 community",
    },
)

PARTICIPANT_KINDS = _vocabulary(  # F-06, and the authors who never joined
    "参与者类别",
    {
        "活动组织机构": "组织机构 各地区安全生产月活动组织机构 安全生产月活动组织机构 组织方 organizer organiser",
        "企事业单位": "中央企业及地方企事业单位 中央企业 地方企事业单位 企业 事业单位 单位 enterprise company",
        "职工": "企业职工 员工 工人 干部职工 干部 employee worker staff",
        "学校师生": "师生 学生 教师 老师 教职工 school student pupil teacher",
        "社区(村)居民": "居民 村民 社区居民 村居民 社区村居民 家庭 resident villager",
        "社会公众": "公众 群众 社会 其他 其它 public other",
        OUTSIDE: "外部 未报名 场外作者",
    },
    {OUTSIDE: "未报名作者"},
)

LESSON_KINDS = _vocabulary(  # F-12, F-13
    "课程类别",
    {
        "科普视频": "视频 短视频 科普 录播 video",
        "专家直播": "直播 专家讲座 网络直播 讲座 live livestream",
        "直播重播": "重播 回放 直播回放 replay rerun",
    },
)

FIELDS = _vocabulary(  # F-15
    "作品领域",
    {
        "企业": "进企业 工厂 enterprise company",
        "农村": "进农村 乡村 村 rural village",
        "城市社区": "社区 进社区 城市 community city",
        "学校": "进学校 校园 school campus",
        "家庭": "进家庭 居家 family home household",
    },
)

SUB_TOPICS: Mapping[str, tuple[str, ...]] = {  # F-16
    "企业": ("企业事故应急演练",),
    "农村": ("气象灾害", "地质灾害", "洪涝灾害", "火灾等事故灾害逃生救援"),
    "城市社区": ("高层建筑", "大型商业综合体", "旅游景区"),
    "学校": ("消防安全", "交通安全", "实验室安全", "应急疏散逃生", "溺水自救互救"),
    "家庭": ("用电用气安全", "电动车充电安全", "高楼火灾逃生"),
}

ACCOUNT_KINDS = _vocabulary(  # F-14
    "账号类型",
    {"个人号": "个人 个人账号 personal individual private", "官方号": "官方 官方账号 机构号 政务号 企业号 official organization"},
)

CONDITIONS = _vocabulary(  # F-21, F-22, F-23
    "条件",
    {
        "sign_in": "签到打卡 已签到 signed-in checkin",
        "follow": "关注并预约 预约 关注并预约课程 已关注 subscribe subscribed followed",
        "daily_scan": "每天扫码 日扫码 扫码 scan dailyscan",
    },
    {"sign_in": "签到", "follow": "关注", "daily_scan": "每日扫码"},
)

SOURCES = _vocabulary(
    "登记方式",
    {
        "class": "班级 集体 班级签到 班级登记 课堂 课堂点名 点名",
        "station": "扫码 扫码台 扫码站 登记台 扫码点 扫码点登记 现场扫码",
        "import": "导入 表格 excel 单位汇总",
        "own": "本人 自己 自行登记 本人登记 自报 自行申报 self",
        "paper": "纸质 纸面 纸质补录 纸质签到表 签到表 签名表",
        "platform": "平台 快手 快手平台 平台数据 平台记录",
        "hand": "手工 手工补录 人工 手动 补录 manual",
    },
    {
        "class": "课堂登记",
        "station": "签到台",
        "import": "表格导入",
        "own": "本人申报",
        "paper": "纸质名册",
        "platform": "平台导出",
        "hand": "手工登记",
    },
)
