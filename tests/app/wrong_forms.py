"""One wrong value for each form that somebody types into: the table that `test_wrong_forms` walks (docs/add-a-page.md).

It names every view that takes a POST. `{person}`, `{fact}` and the like stand for what the camp of the test holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Wrong:
    """A form sent with one wrong value: by whom, where to, which field is wrong, what is typed.

    `files`: fields with a file that is neither table, picture nor pack; `secret`: what is not shown again; `before`: the page whose
    hidden fields a browser would send along, "" for none; `by_get`: a form that asks for a page before an act by its address.
    """

    who: str
    path: str
    field: str
    typed: Mapping[str, str]
    files: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()
    before: str = ""
    by_get: bool = False


LONG = "很" * 201
DESK, PERSON, OFFICE = "/desk/units/3501-X1", "/desk/people/{person}", "/office"
UNIT_ROW = {"name": "演练小学一", "kind": "学校", "line": "", "expected": "很多"}
LESSON = {"name": "防溺水知识", "kind": "科普视频", "hours": "一点", "length": "40", "field": "", "replay_of": "", "starts_at": ""}
PUBLICITY = {"starts_on": "昨天", "days": "5", "counted": "working"}

WRONG = {
    "account.change_password": Wrong("dora", "/account/password", "old", {"old": "nonsense", "new": "battery staple"},
                                     secret=("old", "new")),
    "account.link_used": Wrong("nobody", "{invitation}", "password", {"login": "chen-xiao", "name": "陈晓晓", "password": "1"},
                               secret=("password",)),
    "account.log_in_sent": Wrong("nobody", "/login", "password", {"login": "dora",
        "password": "nonsense"}, secret=("password",)),
    "batches.undo": Wrong("dora", "/desk/batches/{batch}/undo", "reason", {"reason": LONG}),
    "certificate.photo_sent": Wrong("nobody", "/c/photo", "photo", {}, files=("photo",)),
    "certificate.sent": Wrong("nobody", "/c/", "text", {"text": ""}),
    "codes.make": Wrong("dora", f"{DESK}/codes", "ends_on", {"ends_on": "明天", "most": "77"}),
    "declarations.decide": Wrong("dora", f"{DESK}/declarations", "reason", {"answer": "refuse", "reason": LONG,
        "fact": "{declared}"}),
    "join.sent": Wrong("nobody", "/j/{join}/sent", "phone", {"name": "林小小", "class_name": "六年2班", "phone": "12",
                                                              "kind": "学校师生", "consent": "1", "consent_version": "1"}),
    "lesson_stories.settle": Wrong("dora", f"{PERSON}/doubts", "answer", {"case": "{case}", "answer": LONG}),
    "marking.record": Wrong("dora", f"{DESK}/marking?class=*&what=V1&day=2023-06-05", "minutes",
                            {"class": "*", "what": "V1", "day": "other", "other_day": "2023-06-05", "minutes": "很久",
        "person": "{person}"},
                            before=f"{DESK}/marking?class=*&what=V1&day=2023-06-05"),
    "me.declare": Wrong("nobody", "{own}/declarations", "minutes", {"lesson": "V1", "day": "2023-06-05", "minutes": "很久"}),
    "me.find_sent": Wrong("nobody", "/p/", "code", {"code": "1234", "phone_end": "5678"}),
    "office.invite": Wrong("root", f"{OFFICE}/accounts/invite", "unit",
                           {"name": "陈晓晓", "role": "viewer", "unit": "没有这种单位", "line": "教育"}),
    "office_backup.plan": Wrong("root", f"{OFFICE}/backup/", "folder", {"folder": "备份", "keep": "33", "lock": "none"}),
    "office_enrolling.agree": Wrong("root", f"{OFFICE}/nodes/join/asked", "unit", {"key": "0" * 64, "sealing_key": "0" * 64,
        "name": "鼓楼区",
                                                                                   "unit": "没有这种单位", "line": "教育"}),
    "office_recovery.replaced": Wrong("root", f"{OFFICE}/nodes/recovery/", "old_recovery", {"old_recovery": "ABCD"}),
    "office_enrolling.given": Wrong("root", f"{OFFICE}/nodes/join/", "text", {"text": "没有申请"}),
    "office_calendar.sent": Wrong("root", f"{OFFICE}/calendar/", "file", {}, files=("file",)),
    "office_certificates.issue": Wrong("root", f"{OFFICE}/certificates/issue", "unit", {"unit": "没有这种单位"}),
    "office_certificates.revoke": Wrong("root", f"{OFFICE}/certificates/{{certificate}}/revoke", "reason", {"reason": LONG},
                                        before=f"{OFFICE}/certificates/{{certificate}}/revoke"),
    "office_certificates.search": Wrong("root", f"{OFFICE}/certificates/search", "query", {"query": LONG}),
    "office_flags.decide": Wrong("root", f"{OFFICE}/works/flags", "reason",
                                 {"answer": "fine", "work": "{work}", "case": "{flag}", "reason": LONG}),
    "office_flags.decide_event": Wrong("root", f"{OFFICE}/works/flags/event", "reason", {"matter": "{matter}",
        "read_at": "{read_at}",
                                                                                         "reason": LONG}),
    "office_certificates.before_issuing": Wrong("root", f"{OFFICE}/certificates/issue", "unit",
        {"unit": "没有这种单位"}, by_get=True),
    "office_freezing.before_freezing": Wrong("root", f"{OFFICE}/prizes/freeze", "unit", {"at": "2023-06-09 18:00",
        "unit": "没有这种单位",
                                             "line": "教育"}, by_get=True),
    "office_merging.choose": Wrong("root", f"{OFFICE}/units/3501-X1/merge", "other", {"other": "没有这种单位"}, by_get=True),
    "office_publicity.before_amending": Wrong("root", f"{OFFICE}/prizes/1/amend/before", "strike", {"strike": ""}, by_get=True),
    "office_publicity.before_putting_up": Wrong("root", f"{OFFICE}/prizes/1/put-up", "starts_on", PUBLICITY, by_get=True),
    "office_prizes.ranking": Wrong("root", f"{OFFICE}/prizes/", "seen", {"at": "昨天晚上", "line": "教育",
        "unit": "3501-X1 演练小学1"}, by_get=True),
    "office_review.page": Wrong("root", f"{OFFICE}/review", "unit", {"unit": "没有这种单位"}, by_get=True),
    "office_freezing.freeze": Wrong("root", f"{OFFICE}/prizes/freeze", "at", {"at": "昨天晚上"}),
    "office_freezing.void": Wrong("root", f"{OFFICE}/prizes/1/void", "reason", {"reason": LONG, "sure": "1"},
        before=f"{OFFICE}/prizes/1/void"),
    "office_import.preview": Wrong("root", f"{OFFICE}/import/likes", "read_at", {"read_at": "昨天晚上"}, files=("file",)),
    "office_lessons.lesson_sent": Wrong("root", f"{OFFICE}/lessons/of/V1", "hours", LESSON, before=f"{OFFICE}/lessons/of/V1"),
    "office_lessons.new_sent": Wrong("root", f"{OFFICE}/lessons/new", "hours", LESSON | {"code": "V99"}),
    "office_look.confirm": Wrong("root", f"{OFFICE}/certificates/issuers", "agreed", {"bodies": "省安委会\n省教育厅", "reason": "有文号"}),
    "office_look.seal": Wrong("root", f"{OFFICE}/certificates/seal", "file", {}, files=("file",)),
    "office_matching.decide": Wrong("root", f"{OFFICE}/works/matching/", "other1", {"key": "{row}", "means": "other",
        "other": "没有这件"}),
    "office_merging.merge": Wrong("root", f"{OFFICE}/units/3501-X1/merge", "other", {"other": "没有这种单位"}),
    "office_sync.now": Wrong("root", f"{OFFICE}/packs/sync/", "text", {"text": "ftp://example.org"}),
    "office_packs.sent": Wrong("root", f"{OFFICE}/packs/", "pack", {}, files=("pack",)),
    "office_printing.start": Wrong("root", f"{OFFICE}/certificates/print", "print_unit", {"print_unit": "没有这种单位",
        "sort": "zip"}),
    "office_publicity.amended": Wrong("root", f"{OFFICE}/prizes/1/amend/before", "strike", {"strike": ""}),
    "office_objections.answer": Wrong("root", f"{OFFICE}/prizes/1/objections/{{objection}}", "words",
                                       {"upheld": "yes", "words": "请打 13800001111"}),
    "office_objections.log": Wrong("root", f"{OFFICE}/prizes/1/objections", "matter",
                                       {"on": "2023-06-10", "way": "电话", "work": "", "matter": "请打 13800001111"}),
    "office_publicity.put_up": Wrong("root", f"{OFFICE}/prizes/1/put-up", "starts_on", PUBLICITY),
    "office_publicity.taken_down": Wrong("root", f"{OFFICE}/prizes/1/take-down", "reason", {"reason": LONG, "sure": "1"},
                                         before=f"{OFFICE}/prizes/1/take-down"),
    "office_recommendations.said": Wrong("root", f"{OFFICE}/works/{{work}}/recommend", "on",
                                         {"state": "sent", "on": "昨天", "other": "学习强国", "note": "看过的"}),
    "office_review.settle": Wrong("root", f"{OFFICE}/review/settle", "note", {"row": "{waiting}", "answer": "true",
        "note": LONG}),
    "office_rules.rule_sent": Wrong("root", f"{OFFICE}/rules/ranking.length", "value", {"value": "很多", "reason": "试一试"},
                                    before=f"{OFFICE}/rules/ranking.length"),
    "office_summaries.answer": Wrong("root", f"{OFFICE}/summaries/3501-FL", "reason", {"answer": "return", "reason": ""},
                                     before=f"{OFFICE}/summaries/3501-FL"),
    "office_units.add_sent": Wrong("root", f"{OFFICE}/units/3501/add", "expected", UNIT_ROW | {"code": "3501-X77"}),
    "office_units.change_sent": Wrong("root", f"{OFFICE}/units/3501-X1/change", "expected", UNIT_ROW | {"code": "3501-X78"},
                                      before=f"{OFFICE}/units/3501-X1/change"),
    "office_units.move_sent": Wrong("root", f"{OFFICE}/units/3501-X1/move", "parent", {"parent": "没有这种单位", "day": "2023-06-09"},
                                    before=f"{OFFICE}/units/3501-X1/move"),
    "office_works.judge": Wrong("root", f"{OFFICE}/works/{{work}}/judge", "reason", {"counts": "no", "reason": LONG},
                                before=f"{OFFICE}/works/{{work}}"),
    "paper.make": Wrong("dora", f"{DESK}/paper", "day", {"class": "", "what": "V1", "day": "昨天"}),
    "paper.save": Wrong("dora", f"{DESK}/paper/{{roster}}", "rows", {"sheet": "1", "by": "numbers", "what": "V1",
        "day": "2023-06-05",
                                                                     "rows": "甲乙", "people": "7"}),
    "person.change_details": Wrong("dora", f"{PERSON}/details", "phone", {"name": "阿雅娜", "number": "N9", "class_name": "四年1班",
                                                                          "phone": "12"}, before=f"{PERSON}/details"),
    "person.correct": Wrong("dora", f"{PERSON}/facts/{{fact}}/correct", "minutes", {"minutes": "很久", "reason": "记错了"}),
    "person.erase": Wrong("dora", f"{PERSON}/erase", "reason", {"reason": LONG}, before=f"{PERSON}/erase"),
    "person.mark": Wrong("dora", f"{PERSON}/mark", "minutes", {"lesson": "V1", "day": "2023-06-05", "minutes": "很久"}),
    "person.withdraw": Wrong("dora", f"{PERSON}/facts/{{fact}}/withdraw", "why", {"why": LONG}),
    "person_homes.join": Wrong("dora", f"{PERSON}/homes/join", "also", {"also": "没有这种单位"}),
    "person_homes.move": Wrong("dora", f"{PERSON}/homes/move", "target", {"target": "没有这种单位", "day": "2023-06-09"}),
    "platform_certificates.record": Wrong("dora", f"{PERSON}/platform-certificate", "day", {"number": "PT-0077", "day": "昨天"}),
    "review.compare": Wrong("dora", f"{DESK}/review/compare", "other", {"one": "N1", "other": "没有这个人"}),
    "review.settle": Wrong("dora", f"{DESK}/review/settle", "note", {"row": "{waiting}", "answer": "true", "note": LONG}),
    "revoking.reissue": Wrong("root", f"{OFFICE}/certificates/{{certificate}}/reissue", "reason", {"reason": LONG, "sure": "1"},
                              before=f"{OFFICE}/certificates/{{certificate}}/reissue"),
    "revoking.tried": Wrong("root", f"{OFFICE}/certificates/ended/try", "file", {"reason": "统一写的原因"}, files=("file",)),
    "roster.add": Wrong("dora", f"{DESK}/people/new", "phone", {"name": "巴迪迪", "number": "N8", "class_name": "二年2班",
        "phone": "12",
                                                                "kind": "学校师生"}),
    "roster.change_class": Wrong("dora", f"{DESK}/people/class", "new_class", {"new_class": LONG}),
    "roster.search": Wrong("dora", f"{DESK}/people/search", "query", {"query": LONG}),
    "sessions.decide": Wrong("dora", f"{DESK}/sessions", "other_0", {"key-0": "{session}", "other_0": "没有这个人"}),
    "sheets.preview": Wrong("dora", f"{DESK}/import/preview", "file-people", {"kind": "people"}, files=("file",)),
    "station.typed": Wrong("dora", f"{DESK}/station", "day", {"text": "N1", "what": "V1", "day": "昨天"}),
    "summary.write": Wrong("dora", "/desk/units/3501-FL/summary", "text", {"what": "hand_in", "text": ""},
                           before="/desk/units/3501-FL/summary"),
}  # fmt: skip
"""View -> a wrong value for it."""

NOTHING_TYPED = {
    "cards.ticked": "ticks of a list",
    "account.close_device": "one press",
    "account.log_out": "one press",
    "codes.revoke": "one press",
    "exchange.said": "signed messages of other laptops; test_sync_hostile tries it",
    "join.own": "one press",
    "jobs.stop": "one press",
    "drafts.begin": "needs a laptop that waits; test_drafts tries it",
    "drafts.keep": "needs a laptop that waits; test_drafts tries it",
    "drafts.leave": "needs a laptop that waits; test_drafts tries it",
    "office_drafts.bring": "needs a laptop that was taken in with drafts; test_drafts tries it",
    "office_drafts.chosen": "as the last",
    "office_drafts.drop": "as the last",
    "joining.answered": "needs a program without a camp",
    "joining.ask": "needs a program without a camp",
    "joining.leave": "one press",
    "my_leaving.end_others": "one press",
    "my_leaving.leave": "a tick; test_me_pages tries it",
    "me.take_back": "one press",
    "me.sign_in": "one press",
    "me.sign_in_back": "one press",
    "my_device.asked": "a number that the browser made up",
    "my_device.own": "a number that the browser made up",
    "office.ask_closing": "a tick; test_authority tries it",
    "office.cancel": "one press",
    "office.close": "a tick; test_authority tries it",
    "office.reopen": "one press",
    "office.reset": "one press",
    "office_backup.now": "one press",
    "office_backup.try_out": "a passphrase, which is not shown again",
    "office_import.commit": "the file was looked at; test_import_flow tries it",
    "office_import.rejects": "the file was looked at",
    "office_calendar.take": "the table was looked at",
    "office_look.remove_seal": "one press; test_design_pages tries it",
    "office_nodes.revoke_sent": "needs another laptop; test_nodes_pages tries it",
    "office_packs.accept": "the pack was looked into",
    "office_packs.make": "one press",
    "office_sync.plan": "needs a laptop that was reached; test_sync_pages tries it",
    "person_links.confirm": "one press",
    "person_links.new": "one press",
    "person_links.renew": "one press; test_finding_me tries it",
    "person.part": "one press",
    "person.sign_in": "one press",
    "picker.offers": "answers while somebody types, never refuses",
    "review.merge": "one press; test_codes_pages tries it",
    "revoking.commit": "a tick; test_revoking_pages tries it",
    "setup.set_up_sent": "needs a program without a camp; test_setup tries it",
    "sheets.commit": "the file was looked at",
    "sheets.rejects": "the file was looked at",
    "start.restored_sent": "needs a program without a camp",
    "station.back": "JSON of the station's script",
    "station.find": "answers while somebody types, never refuses",
    "station.scans": "JSON of the station's script",
    "undo.take_back": "one press",
    "unsaved.drop": "one press",
    "unsaved.keep": "JSON of a script",
}
"""View -> why nothing typed into it can be wrong, or where else it is tried."""
