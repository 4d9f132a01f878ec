"""The made-up camp's lessons: eight videos and two lives with a replay each, 9.00 课时 in all (F-12, F-13, F-15)."""

from __future__ import annotations

from campmgr.areas.hours.rules.lesson import Lesson

VIDEO, LIVE, REPLAY = "科普视频", "专家直播", "直播重播"

LESSONS = {
    lesson.code: lesson
    for lesson in (
        Lesson("V01", "校园消防安全与应急疏散", 100, 45, VIDEO, "学校"),
        Lesson("V02", "高楼火灾怎么逃生", 100, 45, VIDEO, "家庭"),
        Lesson("V03", "电动车充电安全", 50, 20, VIDEO, "家庭"),
        Lesson("V04", "用电用气安全", 50, 25, VIDEO, "家庭"),
        Lesson("V05", "台风与洪涝避险", 100, 40, VIDEO, "农村"),
        Lesson("V06", "山区地质灾害避险", 100, 40, VIDEO, "农村"),
        Lesson("V07", "大型商业综合体逃生", 100, 45, VIDEO, "城市社区"),
        Lesson("V08", "溺水自救互救", 50, 25, VIDEO, "学校"),
        Lesson("L01", "专家直播：企业事故应急演练", 150, 60, LIVE, "企业"),
        Lesson("L02", "专家直播：实验室安全", 100, 45, LIVE, "学校"),
        Lesson("L01-R", "重播：企业事故应急演练", 150, 60, REPLAY, "企业", "L01"),
        Lesson("L02-R", "重播：实验室安全", 100, 45, REPLAY, "学校", "L02"),
    )
}
"""By code."""

TOPICS = tuple(code for code, lesson in LESSONS.items() if not lesson.replay_of)
"""The lessons that earn on their own; a replay earns what its live would have."""

LIVE_ON = {"L01": "2023-06-08", "L02": "2023-06-15"}
"""When the experts spoke; from the day after, there is the replay."""

HALF_HOUR_SHORT = (("L01",), ("V01", "V03"), ("V02", "V04"), ("L02", "V08"), ("V05", "V03"))
"""What somebody left out who learned everything else: 1.50 of 9.00, which leaves exactly 7.50."""

ENOUGH = ((), ("V03",), ("V08",), ("V01",), ("V06",), ("L02",), ("V03", "V04"), ("V04", "V08"))
"""What somebody may leave out and still have 8.00 or more."""
