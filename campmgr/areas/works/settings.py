"""What the area of works lets a camp decide: what authors agree to, how works are ranked, which counts are worth a look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campmgr.areas.works.rules.tie_breaks import TIE_BREAKS
from campmgr.settings.fields import setting
from campmgr.settings.reading import instant
from campmgr.settings.sections import Chosen, Section
from campmgr.settings.terms import vocabulary
from campmgr.wording import Reason

ACCOUNT_KINDS = vocabulary(  # F-14
    "账号类型",
    {"个人号": "个人 个人账号 personal individual private", "官方号": "官方 官方账号 机构号 政务号 企业号 official organization"},
)


@dataclass(frozen=True, slots=True)
class Works:
    """What works are about and what their authors agree to."""

    accounts: tuple[str, ...] = setting(
        "可发布的账号类型",
        "F-14",
        "个人号和官方号均可",
        default=ACCOUNT_KINDS.words,
        required=True,
        allowed=ACCOUNT_KINDS.words,
    )
    agreements: tuple[str, ...] = setting("作品要求（逐项勾选）", "F-17", default=())
    agreements_version: str = setting("作品要求的版本", "F-17", default="1", required=True)
    format_help: str = setting("作品格式", "F-18", "符合“快手极速版 APP”上传基本条件")
    outlets: tuple[str, ...] = setting("推荐播出渠道", "F-25", "短视频将择优推荐", default=())


@dataclass(frozen=True, slots=True)
class Ranking:
    """How the list of prizes is made."""

    length: int = setting("获奖名额（名）", "F-24", "点赞排名前 100 的参与者", default=100, within=(1, 1_000_000))
    prize: str = setting("奖品", "F-24", "可获得活动纪念奖品")
    ties: str = setting(
        "并列名次",
        "F-24",
        default="1-2-2-4",
        is_open=True,
        allowed={
            "1-2-2-4": "并列占名次：1、2、2、4",
            "1-2-2-3": "并列不占名次：1、2、2、3",
            "broken": "分出先后，不并列",
        },
    )
    per_person: str = setting(
        "一人多件作品",
        "F-24",
        default="best",
        is_open=True,
        allowed={"best": "取点赞最多的一件", "sum": "全部作品相加", "each": "每件作品单独排名"},
    )
    at_cut: str = setting(
        "末位并列",
        "F-24",
        default="all",
        is_open=True,
        allowed={
            "all": "与末位并列的都入选",
            "tie_break": "并列者分出先后，名额满为止",
            "none_beyond": "放不下的并列者都不入选",
        },
    )
    tie_breaks: tuple[str, ...] = setting(
        "分出先后的依据（按次序）", "F-24", default=TIE_BREAKS, required=True, is_open=True, allowed=TIE_BREAKS
    )
    draw_seed: str = setting("抽签种子（随名单公布，请在截止前设定）", "F-24", is_open=True)
    cut_off: str = setting("点赞截止时间（定榜前必须设定）", "F-24", form=instant, is_open=True)
    accounts: tuple[str, ...] = setting(
        "参加排名的账号类型",
        "F-14",
        "个人号和官方号均可",
        default=ACCOUNT_KINDS.words,
        required=True,
        allowed=ACCOUNT_KINDS.words,
    )
    account_lists: str = setting(
        "个人号和官方号的名单",
        "F-14",
        "个人号和官方号均可",
        default="together",
        is_open=True,
        allowed={"together": "合在一起排", "apart": "分开排，各有一份名单"},
    )
    division_length: int = setting("分地区、条线、领域名单的名额（0 为与总榜相同）", "F-24", default=0, within=(0, 1_000_000))
    screen_seconds: int = setting("大屏每屏停留（秒）", default=12, within=(3, 600))


@dataclass(frozen=True, slots=True)
class Anomalies:
    """When a like count is worth a look. A flag takes nobody off the list; a person decides (issue of the prize list)."""

    jump_least: int = setting("突增：至少增加多少赞才看", "F-24", default=500, within=(1, 1_000_000_000))
    jump_spreads: int = setting("突增：超出常见偏差多少倍", "F-24", default=8, within=(2, 1000))
    peers_least: int = setting("突增：同期至少有多少件作品才比较", "F-24", default=20, within=(5, 1_000_000))
    history_least: int = setting("突增：与自己以前比，至少要有多少次增长", "F-24", default=3, within=(2, 1000))
    ratio_least_likes: int = setting("赞播比：点赞数到多少才看", "F-24", default=100, within=(0, 1_000_000_000))
    ratio_least: int = setting("赞播比：每千次播放至少多少赞（0 为不看）", "F-24", default=0, within=(0, 1_000_000))
    ratio_most: int = setting("赞播比：每千次播放至多多少赞", "F-24", default=500, within=(1, 1_000_000))
    same_works: int = setting("数字相同：同一次读数里有多少件作品一样", "F-24", default=5, within=(2, 1_000_000))
    same_least_likes: int = setting("数字相同：点赞数（或增加数）到多少才看", "F-24", default=500, within=(1, 1_000_000_000))
    equal_steps: int = setting("增加数相同：同一作品连续多少次增加得一样多", "F-24", default=4, within=(2, 1000))


def _without_cut_off(chosen: Chosen) -> Iterator[Reason]:
    if not chosen[Ranking].cut_off:
        yield Reason("no_cut_off", "还没有定点赞截止时间，定榜前请在“规则”里设定。")


SECTIONS = (
    Section("works", Works, "作品", place=100),
    Section("ranking", Ranking, "排名", place=110, remind=_without_cut_off),
    Section("anomalies", Anomalies, "异常", place=120),
)
