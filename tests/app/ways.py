"""How each form that is sent keeps people from recording what they do not see: the table that `test_ways` walks and that must name
every view that takes a POST (docs/add-a-page.md#a-form-that-stands-under-something-that-can-change).
"""

from __future__ import annotations

SHOWN = "shown"
"""It carries what it was drawn for; where something else is so by now, the answer is 409 and nothing is recorded."""

PREVIEW = "preview"
"""What will happen stood on the page before, and what was shown there is sent along."""

UNDO = "undo"
"""It says one thing about one thing that its address or its fields name, and one press takes it back."""

ASKS = "asks"
"""It records nothing: it looks for something, tries something, or makes a file."""

OWN = "own"
"""It is about nobody but whoever sends it, or about a device or a code, and says so."""

WAYS = {
    "account.change_password": OWN,
    "account.close_device": OWN,
    "account.link_used": OWN,
    "account.log_in_sent": OWN,
    "account.log_out": OWN,
    "batches.undo": UNDO,
    "certificate.photo_sent": ASKS,
    "certificate.sent": ASKS,
    "codes.make": UNDO,
    "codes.revoke": OWN,
    "declarations.decide": UNDO,
    "unsaved.drop": OWN,
    "unsaved.keep": OWN,
    "join.own": OWN,
    "join.sent": OWN,
    "jobs.stop": OWN,
    "lesson_stories.settle": UNDO,
    "marking.record": SHOWN,
    "me.declare": OWN,
    "me.end_others": OWN,
    "me.find_sent": ASKS,
    "me.leave_sent": OWN,
    "me.take_back": OWN,
    "my_device.known": ASKS,
    "my_device.own": OWN,
    "office.ask_closing": OWN,
    "office.cancel": OWN,
    "office.close": UNDO,
    "office.invite": OWN,
    "office.reopen": UNDO,
    "office.reset": OWN,
    "office_calendar.taken": PREVIEW,
    "office_certificates.issue": PREVIEW,
    "office_certificates.revoke": PREVIEW,
    "office_certificates.search": ASKS,
    "office_flags.decide": UNDO,
    "office_flags.decide_event": SHOWN,
    "office_freezing.freeze": PREVIEW,
    "office_freezing.void": PREVIEW,
    "office_import.commit": PREVIEW,
    "office_import.preview": ASKS,
    "office_import.rejects": ASKS,
    "office_lessons.lesson_sent": SHOWN,
    "office_lessons.new_sent": UNDO,
    "office_look.confirm": OWN,
    "office_look.remove_seal": OWN,
    "office_look.seal": OWN,
    "office_matching.decide": UNDO,
    "office_merging.merge": PREVIEW,
    "office_nodes.accept": OWN,
    "office_nodes.enrol": OWN,
    "office_nodes.pack": ASKS,
    "office_nodes.revoke_sent": PREVIEW,
    "office_printing.start": ASKS,
    "office_publicity.amended": PREVIEW,
    "office_publicity.answered": PREVIEW,
    "office_publicity.objected": OWN,
    "office_publicity.put_up": PREVIEW,
    "office_publicity.taken_down": PREVIEW,
    "office_recommendations.said": UNDO,
    "office_review.settle": UNDO,
    "office_rules.rule_sent": SHOWN,
    "office_summaries.answer": SHOWN,
    "office_units.add_sent": UNDO,
    "office_units.change_sent": SHOWN,
    "office_units.move_sent": SHOWN,
    "office_works.judge": SHOWN,
    "paper.make": ASKS,
    "paper.save": UNDO,
    "person.change_details": SHOWN,
    "person.confirm_link": OWN,
    "person.correct": UNDO,
    "person.erase": PREVIEW,
    "person.mark": UNDO,
    "person.new_link": OWN,
    "person.part": PREVIEW,
    "person.sign_in": UNDO,
    "person.withdraw": UNDO,
    "picker.offers": ASKS,
    "platform_certificates.record": UNDO,
    "review.compare": ASKS,
    "review.merge": PREVIEW,
    "review.settle": UNDO,
    "revoking.commit": PREVIEW,
    "revoking.reissue": PREVIEW,
    "revoking.tried": ASKS,
    "roster.add": UNDO,
    "roster.search": ASKS,
    "sessions.decide": UNDO,
    "setup.set_up_sent": PREVIEW,
    "sheets.commit": PREVIEW,
    "sheets.preview": ASKS,
    "sheets.rejects": ASKS,
    "station.back": UNDO,
    "station.find": ASKS,
    "station.scans": UNDO,
    "station.typed": UNDO,
    "summary.write": SHOWN,
    "undo.take_back": UNDO,
}
"""View -> its way."""
