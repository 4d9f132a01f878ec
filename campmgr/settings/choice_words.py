"""What the choices of a setting are called where people read them."""

from __future__ import annotations

CHOICE_WORDS = {
    "proportional": "按课程标明的课时，看完多少得多少", "minutes_per_unit": "按分钟折算，满规定分钟为一课时",
    "bands": "按观看时长分段（如满 30 分钟计 1 课时，满 15 分钟计 0.5）",
    "count_all": "都计", "count_larger": "只计多的一场",
    "once": "直播和重播只算一次（取多的）", "both": "直播和重播都算",
    "1-2-2-4": "并列占名次：1、2、2、4", "1-2-2-3": "并列不占名次：1、2、2、3", "broken": "分出先后，不并列",
    "best": "取点赞最多的一件", "sum": "全部作品相加", "each": "每件作品单独排名",
    "working": "工作日（周末和放假日不算，调休上班日算）", "calendar": "自然日",
    "counts": "当天算第一天", "next": "从第二天起算",
    "addressees": "各条线的主送单位（安办、应急、教育、妇联等）", "cities": "各设区市一级单位", "joined": "有人参加的每个单位",
    "full": "写全姓名，可核对是不是本人", "masked": "隐去部分字，如“王*涵”", "none": "不写姓名，只能核对编号",
    "all": "与末位并列的都入选", "tie_break": "并列者分出先后，名额满为止", "none_beyond": "放不下的并列者都不入选",
    "together": "合在一起排", "apart": "分开排，各有一份名单",
}  # fmt: skip
