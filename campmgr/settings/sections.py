"""Every setting of a camp: the one table (key, type, default, label, source, the notice's words, what is allowed)."""

from __future__ import annotations

from dataclasses import dataclass

from campmgr.settings import terms
from campmgr.settings.fields import setting
from campmgr.settings.tie_breaks import TIE_BREAKS
from campmgr.settings.working_days import COUNTED, LONGEST


@dataclass(frozen=True, slots=True)
class Preset:
    """Which form the camp started from."""

    name: str = setting("预设名称", default="camp", form="filled")
    units_file: str = setting("预设单位表")


@dataclass(frozen=True, slots=True)
class Camp:
    """What the camp is and who stands behind it."""

    name: str = setting("训练营名称", "F-01", "线上“逃生演练训练营”", form="filled")
    hashtag: str = setting("话题", "F-01", "“#逃生演练训练营”话题征集")
    occasion: str = setting("所属活动", "F-02", "今年6月是第22个全国“安全生产月”")
    theme: str = setting("活动主题", "F-02", "活动主题是“人人讲安全、个个会应急”")
    year: int = setting("年份", "F-02", default=0, within=(0, 9999))
    host: str = setting("主办单位", "F-03", "主办单位：全国安全生产月活动组委会办公室")
    support: str = setting("技术支持", "F-03", "技术支持：北京快手科技有限公司")
    issuers: tuple[str, ...] = setting("发文单位（按次序）", "F-04", default=())
    document_number: str = setting("文号")
    document_on: str = setting("发文日期", form="day")
    base_address: str = setting("印制材料所用网址")


@dataclass(frozen=True, slots=True)
class WarmUp:
    """The days before the camp proper, both included."""

    starts_on: str = setting("预热开始日期", "F-05", "活动预热时间为5月20日至5月30日", form="day")
    ends_on: str = setting("预热结束日期", "F-05", "活动预热时间为5月20日至5月30日", form="day")


@dataclass(frozen=True, slots=True)
class Live:
    """The camp proper, both days included; without an end it goes on until one is set."""

    starts_on: str = setting("正式上线日期", "F-05", "活动正式上线时间为5月31日", form="day")
    ends_on: str = setting("结束日期（留空为未定）", "F-05", form="day", is_open=True)


@dataclass(frozen=True, slots=True)
class People:
    """Who may take part."""

    kinds: tuple[str, ...] = setting(
        "参与者类别",
        "F-06",
        "各地区“安全生产月”活动组织机构、中央企业及地方企事业单位，职工、学校师生、社区(村)居民及广大社会公众等",
        default=tuple(word for word in terms.PARTICIPANT_KINDS.words if word != terms.OUTSIDE),
        form="filled",
        allowed=terms.PARTICIPANT_KINDS.words,
    )
    audience: str = setting("活动对象", "F-06")
    declarations: str = setting("本人申报的学习怎样处理", default="confirm", allowed=("confirm", "off"))
    consent_version: str = setting("告知同意文本的版本", default="1")
    consent_text: str = setting(
        "告知同意文本",
        default="为登记学时、发放证书和公布名单，我们会记录您的姓名、所在单位、班级（可不填）、手机号（可不填）和参与者类别。"
        "这些信息只由您所在单位及其上级使用，公开名单会隐去姓名中的字。您可以随时在“我的”页面撤回同意，我们会删除您的个人信息，"
        "不含姓名的学时合计会保留。未满14周岁的参与者须由监护人同意。",
    )


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
    platform_code_caption: str = setting("平台二维码说明", "F-29", "快手极速版扫描上方二维码")
    own_code_caption: str = setting("本系统二维码说明", "F-29", default="扫描此码加入本训练营、登记课时")


@dataclass(frozen=True, slots=True)
class Hours:
    """How minutes become class-hours."""

    rule: str = setting(
        "课时算法", "F-19", default="proportional", is_open=True, allowed=("proportional", "minutes_per_unit", "bands")
    )
    unit_minutes: int = setting(
        "一课时的分钟数（算法为 minutes_per_unit 时用）", "F-19", default=45, within=(1, 1440), is_open=True
    )
    bands: tuple[str, ...] = setting(
        "时长分段：满多少分钟=百分之几课时（算法为 bands 时用）",
        "F-19",
        default=("30=100", "15=50", "0=25"),
        form="bands",
        is_open=True,
    )
    day_cap_hundredths: int = setting("每人每天最多计多少（百分之一课时，0 为不限）", "F-19", default=0, within=(0, 100_000))
    lesson_cap_hundredths: int = setting("每门课最多计多少（百分之一课时，0 为不限）", "F-19", default=0, within=(0, 100_000))
    overlapping_lives: str = setting("时间重叠的直播", "F-13", default="count_all", allowed=("count_all", "count_larger"))
    live_and_replay: str = setting(
        "直播与重播的课时", "F-13", "网络直播结束后即开启重播", default="once", is_open=True, allowed=("once", "both")
    )
    default_hundredths: int = setting("课程未注明时的课时（百分之一课时）", "F-19", default=100, within=(0, 100_000), is_open=True)
    default_length_minutes: int = setting("课程未注明时的时长（分钟）", "F-19", default=45, within=(1, 1440), is_open=True)
    lesson_kinds: tuple[str, ...] = setting(
        "课程类别",
        "F-12",
        "观看科普视频和专家直播",
        default=terms.LESSON_KINDS.words,
        form="filled",
        allowed=terms.LESSON_KINDS.words,
    )


@dataclass(frozen=True, slots=True)
class Doubts:
    """From when on a record is marked 存疑 for a human to look at; nothing is refused for it."""

    day_minutes: int = setting("一人一天登记的学习超过多少分钟为存疑（0 为不标）", default=960, within=(0, 1440))
    crowd: int = setting("同一秒登记了多少人为存疑（全班登记和导入除外，0 为不标）", default=40, within=(0, 10_000))
    device_people: int = setting("同一台设备替多少人申报为存疑（0 为不标）", default=5, within=(0, 10_000))


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the certificate is called and asks for."""

    name: str = setting("证书名称", "F-20", "“逃生演练训练营”电子结业证书", default="结业证书", form="filled")
    required_hundredths: int = setting(
        "结业所需课时（百分之一课时）", "F-19", "学习科普视频和专家直播达到 8 个课时以上", default=800, within=(0, 10_000_000)
    )
    sign_in_required: bool = setting("领证须签到", "F-21", "签到后可领取证书", default=True)
    follow_required: bool = setting("领证须关注并预约", "F-22", "进入活动页面记得点击关注并预约课程", default=False)
    name_in_code: str = setting(
        "证书二维码里的姓名（扫码的人都能读到）", "F-20", default="full", is_open=True, allowed=("full", "masked", "none")
    )
    daily_scan_required: bool = setting("领证须有扫码记录", "F-23", "每天扫码参与活动", default=False)
    wording: str = setting(
        "证书正文（可用 {姓名} {单位} {课时} {训练营} {日期}）",
        "F-19",
        default="参加{训练营}，完成 {课时} 课时的学习，达到结业要求，特发此证。",
        form="wording",
    )
    issuers: tuple[str, ...] = setting("证书落款单位（按次序；留空为开营单位）", "F-04", default=())
    issuers_confirmed: tuple[str, ...] = setting("已确认同意落款的单位（与上一项完全一致才印上）", "F-04", default=())
    seal: str = setting("证书印章图片的校验值（留空为不印）", form="digest")
    template: str = setting("证书模板文件（留空为自带模板）", form="template")


@dataclass(frozen=True, slots=True)
class Works:
    """What works are about and what their authors agree to."""

    fields: tuple[str, ...] = setting("作品领域", "F-15", default=terms.FIELDS.words, form="filled", allowed=terms.FIELDS.words)
    accounts: tuple[str, ...] = setting(
        "可发布的账号类型",
        "F-14",
        "个人号和官方号均可",
        default=terms.ACCOUNT_KINDS.words,
        form="filled",
        allowed=terms.ACCOUNT_KINDS.words,
    )
    agreements: tuple[str, ...] = setting("作品要求（逐项勾选）", "F-17", default=())
    agreements_version: str = setting("作品要求的版本", "F-17", default="1", form="filled")
    format_help: str = setting("作品格式", "F-18", "符合“快手极速版 APP”上传基本条件")
    outlets: tuple[str, ...] = setting("推荐播出渠道", "F-25", "短视频将择优推荐", default=())


@dataclass(frozen=True, slots=True)
class Ranking:
    """How the list of prizes is made."""

    length: int = setting("获奖名额（名）", "F-24", "点赞排名前 100 的参与者", default=100, within=(1, 1_000_000))
    prize: str = setting("奖品", "F-24", "可获得活动纪念奖品")
    ties: str = setting("并列名次", "F-24", default="1-2-2-4", is_open=True, allowed=("1-2-2-4", "1-2-2-3", "broken"))
    per_person: str = setting("一人多件作品", "F-24", default="best", is_open=True, allowed=("best", "sum", "each"))
    at_cut: str = setting("末位并列", "F-24", default="all", is_open=True, allowed=("all", "tie_break", "none_beyond"))
    tie_breaks: tuple[str, ...] = setting(
        "分出先后的依据（按次序）", "F-24", default=TIE_BREAKS, form="filled", is_open=True, allowed=TIE_BREAKS
    )
    draw_seed: str = setting("抽签种子（随名单公布，请在截止前设定）", "F-24", is_open=True)
    cut_off: str = setting("点赞截止时间（定榜前必须设定）", "F-24", form="instant", is_open=True)
    accounts: tuple[str, ...] = setting(
        "参加排名的账号类型",
        "F-14",
        "个人号和官方号均可",
        default=terms.ACCOUNT_KINDS.words,
        form="filled",
        allowed=terms.ACCOUNT_KINDS.words,
    )
    account_lists: str = setting(
        "个人号和官方号的名单", "F-14", "个人号和官方号均可", default="together", is_open=True, allowed=("together", "apart")
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


@dataclass(frozen=True, slots=True)
class RollUp:
    """How the units' numbers are put together."""

    addressees: tuple[str, ...] = setting("主送单位", "F-07", default=())
    reports: tuple[str, ...] = setting(
        "汇总口径",
        "F-10",
        "全省各级应急管理、教育、妇联等部门",
        default=("city", "school", "federation"),
        allowed=("city", "county", "school", "federation", "line"),
    )
    city_level_units: tuple[str, ...] = setting(
        "按设区市一级单列的单位（代码）", "F-08", "平潭综合实验区安办、综合执法与应急管理局、社会事业局、妇联", default=()
    )
    direct_unit: str = setting("省直单位（代码）", "F-09", "省（部）属高校，厅直属学校")
    not_participating: tuple[str, ...] = setting("不参加的单位（代码）", default=())


@dataclass(frozen=True, slots=True)
class Publicity:
    """How long a list is put up 公示, and when it comes down."""

    days: int = setting("公示天数", "F-24", default=5, within=(1, LONGEST), is_open=True)
    counted: str = setting("公示天数怎样算", "F-24", default="working", is_open=True, allowed=COUNTED)
    first_day: str = setting("公示开始的当天", "F-24", default="counts", is_open=True, allowed=("counts", "next"))
    shown_after: int = setting("公示期满后继续展示（天），到期自动撤下", "F-24", default=0, within=(0, 365), is_open=True)
    objections: str = setting(
        "怎样提出异议",
        "F-24",
        default="对名单有异议的，请在公示期内向主办单位实名反映，说明名次、作品和理由。",
        form="filled",
    )


@dataclass(frozen=True, slots=True)
class Summaries:
    """What units hand in at the end."""

    asked: bool = setting("是否要求单位报送总结", "F-26", default=False)
    text: str = setting("总结上报要求", "F-26")
    from_units: str = setting(
        "哪些单位报送总结", "F-26", default="addressees", is_open=True, allowed=("addressees", "cities", "joined")
    )
    due_on: str = setting("总结报送截止日期（留空为不限）", "F-26", form="day", is_open=True)


@dataclass(frozen=True, slots=True)
class Limits:
    """What this system takes, so that a mistake does not stop a laptop."""

    import_bytes: int = setting("导入文件上限（字节）", default=64 * 1024 * 1024, within=(1024, 4 * 1024**3))
    picture_bytes: int = setting("申报截图上限（字节，0 为不收截图）", default=8 * 1024 * 1024, within=(0, 32 * 1024 * 1024))
    pictures_per_person: int = setting("每人等待确认的截图上限（张）", default=20, within=(1, 100))
    name_characters: int = setting("姓名和名称上限（字）", default=60, within=(2, 1000))
