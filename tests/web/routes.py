"""Every route with what each of the cast gets there: the table that `test_matrix` walks, and that must name every route.

`own` and `foreign` fill in unit codes or account names; a status of 303 to the log-in is written 401 here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    """A request, and the status for each asker; who is not named gets `others`."""

    endpoint: str
    method: str
    path: str
    others: int
    said: dict[str, int]


EVERYBODY: dict[str, int] = {}
LOGGED_IN = {"nobody": 401}
ORGANIZERS = {"root": 200, "city": 200, "nobody": 401}
WHOLE_CAMP = {"root": 200, "nobody": 401}
NO_CERTIFICATE = {"root": 404, "city": 404, "nobody": 401}

SEEN = {"nobody": 401, "farid": 404}
WORKED = SEEN | {"elias": 403}
SENT = {"nobody": 403, "elias": 403, "farid": 404}

DESK_ROUTES = (
    Route("roster.people", "GET", "/desk/units/3501-X1/people", 200, SEEN),
    Route("roster.people", "GET", "/desk/units/3501/people", 200, SEEN | {"jiao": 403}),
    Route("roster.people", "GET", "/desk/units/3501-FL/people", 200, SEEN | {"jiao": 404}),
    Route("roster.search", "POST", "/desk/units/3501-X1/people/search", 422, {"nobody": 403, "farid": 404}),
    Route("roster.new", "GET", "/desk/units/3501-X1/people/new", 200, WORKED),
    Route("roster.add", "POST", "/desk/units/3501-X1/people/new", 422, SENT),
    Route("marking.choose", "GET", "/desk/units/3501-X1/marking", 200, WORKED),
    Route("marking.record", "POST", "/desk/units/3501-X1/marking", 422, SENT),
    Route("paper.rosters", "GET", "/desk/units/3501-X1/paper", 200, WORKED),
    Route("paper.make", "POST", "/desk/units/3501-X1/paper", 422, SENT),
    Route("paper.find", "GET", "/desk/units/3501-X1/paper/find", 422, WORKED),
    Route("paper.pdf", "GET", "/desk/units/3501-X1/paper/none.pdf", 404, WORKED),
    Route("paper.sheet", "GET", "/desk/units/3501-X1/paper/none", 404, WORKED),
    Route("tick_lists.workbook", "GET", "/desk/units/3501-X1/tick-list.xlsx", 422, WORKED),
    Route("paper.save", "POST", "/desk/units/3501-X1/paper/none", 404, SENT),
    Route("declarations.waiting", "GET", "/desk/units/3501-X1/declarations", 200, SEEN),
    Route("declarations.decide", "POST", "/desk/units/3501-X1/declarations", 422, SENT),
    Route("chase.page", "GET", "/desk/units/3501-X1/behind", 200, SEEN),
    Route("chase.spreadsheet", "GET", "/desk/units/3501-X1/behind/list.xlsx", 200, SEEN),
    Route("codes.codes", "GET", "/desk/units/3501-X1/codes", 200, WORKED),
    Route("codes.make", "POST", "/desk/units/3501-X1/codes", 303, SENT),
    Route("codes.revoke", "POST", "/desk/units/3501-X1/codes/none/revoke", 404, SENT),
    Route("codes.poster", "GET", "/desk/units/3501-X1/codes/none/poster", 404, WORKED),
    Route("codes.poster_file", "GET", "/desk/units/3501-X1/codes/none/poster.pdf", 404, WORKED),
    Route("sheets.choose", "GET", "/desk/units/3501-X1/import", 200, WORKED),
    Route("sheets.blank", "GET", "/desk/units/3501-X1/import/people.xlsx", 200, WORKED),
    Route("sheets.preview", "POST", "/desk/units/3501-X1/import/preview", 422, SENT),
    Route("sheets.rejects", "POST", "/desk/units/3501-X1/import/rejects", 404, SENT),
    Route("sheets.commit", "POST", "/desk/units/3501-X1/import/commit", 404, SENT),
    Route("review.page", "GET", "/desk/units/3501-X1/review", 200, SEEN),
    Route("review.compare", "POST", "/desk/units/3501-X1/review/compare", 422, SENT),
    Route("review.merge", "POST", "/desk/units/3501-X1/review/merge", 404, SENT),
    Route("review.settle", "POST", "/desk/units/3501-X1/review/settle", 404, SENT),
    Route("person.show", "GET", "/desk/people/none", 404, LOGGED_IN),
    Route("person.mark", "POST", "/desk/people/none/mark", 404, SENT),
    Route("person.sign_in", "POST", "/desk/people/none/sign-in", 404, SENT),
    Route("person.fact", "GET", "/desk/people/none/facts/none", 404, WORKED),
    Route("person.correct", "POST", "/desk/people/none/facts/none/correct", 404, SENT),
    Route("person.withdraw", "POST", "/desk/people/none/facts/none/withdraw", 404, SENT),
    Route("person.details", "GET", "/desk/people/none/details", 404, WORKED),
    Route("person.change_details", "POST", "/desk/people/none/details", 404, SENT),
    Route("person.erasing", "GET", "/desk/people/none/erase", 404, WORKED),
    Route("person.erase", "POST", "/desk/people/none/erase", 404, SENT),
    Route("person.new_link", "POST", "/desk/people/none/link", 404, SENT),
    Route("person.part", "POST", "/desk/people/none/part", 404, SENT),
    Route("jobs.everything", "GET", "/desk/jobs", 200, LOGGED_IN),
    Route("jobs.show", "GET", "/desk/jobs/none", 404, LOGGED_IN),
    Route("jobs.state", "GET", "/desk/jobs/none/state", 404, LOGGED_IN),
    Route("jobs.stop", "POST", "/desk/jobs/none/stop", 404, {"nobody": 403}),
    Route("imports.files", "GET", "/desk/batches", 200, {"nobody": 401, "elias": 403}),
    Route("batches.show", "GET", "/desk/batches/none", 404, WORKED),
    Route("batches.undo", "POST", "/desk/batches/none/undo", 404, SENT),
)
"""The coordinator's desk; the same doors with real people in them stand in test_desk_doors."""

ROUTES = (
    *DESK_ROUTES,
    Route("public.camp", "GET", "/", 200, EVERYBODY),
    Route("public.totals", "GET", "/totals", 200, EVERYBODY),
    Route("join.enter", "GET", "/j/", 200, EVERYBODY),
    Route("join.start", "GET", "/j/none", 404, EVERYBODY),
    Route("join.again", "GET", "/j/none/sent", 303, EVERYBODY),
    Route("join.sent", "POST", "/j/none/sent", 404, EVERYBODY),
    Route("me.find", "GET", "/p/", 200, EVERYBODY),
    Route("me.find_sent", "POST", "/p/", 422, EVERYBODY),
    Route("me.mine", "GET", "/p/none", 404, EVERYBODY),
    Route("me.declare", "POST", "/p/none/declarations", 404, EVERYBODY),
    Route("me.history", "GET", "/p/none/history", 404, EVERYBODY),
    Route("me.leave", "GET", "/p/none/leave", 404, EVERYBODY),
    Route("me.leave_sent", "POST", "/p/none/leave", 404, EVERYBODY),
    Route("me.pass_svg", "GET", "/p/none/pass.svg", 404, EVERYBODY),
    Route("me.certificate_pdf", "GET", "/p/none/certificate.pdf", 404, EVERYBODY),
    Route("me.certificate_png", "GET", "/p/none/certificate.png", 404, EVERYBODY),
    Route("me.pass_png", "GET", "/p/none/pass.png", 404, EVERYBODY),
    Route("board.board_page", "GET", "/board", 200, EVERYBODY),
    Route("board.screen", "GET", "/board/screen", 200, EVERYBODY),
    Route("board.screen_rows", "GET", "/board/screen/rows", 200, EVERYBODY),
    Route("certificate.check", "GET", "/c/", 200, EVERYBODY),
    Route("certificate.shown", "GET", "/c/none", 404, EVERYBODY),
    Route("certificate.sent", "POST", "/c/", 422, EVERYBODY),
    Route("certificate.photo_sent", "POST", "/c/photo", 422, EVERYBODY),
    Route("account.log_in", "GET", "/login", 303, {"nobody": 200}),
    Route("account.log_in_sent", "POST", "/login", 422, EVERYBODY),
    Route("account.log_out", "POST", "/logout", 303, {"nobody": 403}),
    Route("account.mine", "GET", "/account", 200, LOGGED_IN),
    Route("account.change_password", "POST", "/account/password", 422, {"nobody": 403}),
    Route("account.close_device", "POST", "/account/devices/none/close", 404, {"nobody": 403}),
    Route("account.link", "GET", "/link/none", 404, EVERYBODY),
    Route("account.link_used", "POST", "/link/none", 404, EVERYBODY),
    Route("setup.set_up", "GET", "/setup/none", 404, EVERYBODY),
    Route("setup.set_up_sent", "POST", "/setup/none", 404, EVERYBODY),
    Route("desk.units", "GET", "/desk/", 200, LOGGED_IN),
    Route("desk.unit", "GET", "/desk/units/3501", 200, {"nobody": 401, "farid": 404}),
    Route("desk.unit", "GET", "/desk/units/3502", 404, {"nobody": 401, "farid": 200, "root": 200}),
    Route("desk.unit", "GET", "/desk/units/3501-X1", 200, {"nobody": 401, "farid": 404}),
    Route("desk.unit", "GET", "/desk/units/3501-FL", 200, {"nobody": 401, "farid": 404, "jiao": 404}),
    Route("desk.unit", "GET", "/desk/units/35", 404, {"nobody": 401, "root": 200}),
    Route("desk.unit", "GET", "/desk/units/none", 404, LOGGED_IN),
    Route("office.overview", "GET", "/office/", 403, ORGANIZERS),
    Route("office.accounts", "GET", "/office/accounts", 403, ORGANIZERS),
    Route("office.invite", "POST", "/office/accounts/invite", 403, {"root": 422, "city": 422}),
    Route("office.reset", "POST", "/office/accounts/{farid}/reset", 403, {"root": 200, "city": 404}),
    Route("office.reset", "POST", "/office/accounts/{root}/reset", 403, {"root": 404, "city": 404}),
    Route("office.close", "POST", "/office/accounts/{farid}/close", 403, {"root": 303, "city": 404}),
    Route("office.reopen", "POST", "/office/accounts/{farid}/open", 403, {"root": 303, "city": 404}),
    Route("office_units.top", "GET", "/office/units/", 403, ORGANIZERS),
    Route("office_units.unit", "GET", "/office/units/3501-X1", 403, ORGANIZERS),
    Route("office_units.unit", "GET", "/office/units/3502", 403, ORGANIZERS | {"city": 404}),
    Route("office_units.add", "GET", "/office/units/3501/add", 403, ORGANIZERS),
    Route("office_units.add", "GET", "/office/units/3502/add", 403, ORGANIZERS | {"city": 404}),
    Route("office_units.add_sent", "POST", "/office/units/3501/add", 403, {"root": 422, "city": 422}),
    Route("office_units.add_sent", "POST", "/office/units/3502/add", 403, {"root": 422, "city": 404}),
    Route("office_units.change", "GET", "/office/units/3501-X1/change", 403, ORGANIZERS),
    Route("office_units.change_sent", "POST", "/office/units/3502/change", 403, {"root": 422, "city": 404}),
    Route("office_units.move", "GET", "/office/units/3501-X1/move", 403, ORGANIZERS),
    Route("office_units.move_sent", "POST", "/office/units/3502/move", 403, {"root": 422, "city": 404}),
    Route("office_lessons.lessons", "GET", "/office/lessons/", 403, ORGANIZERS),
    Route("office_lessons.new", "GET", "/office/lessons/new", 403, WHOLE_CAMP),
    Route("office_lessons.new_sent", "POST", "/office/lessons/new", 403, {"root": 422}),
    Route("office_lessons.lesson", "GET", "/office/lessons/of/none", 403, WHOLE_CAMP | {"root": 404}),
    Route("office_lessons.lesson_sent", "POST", "/office/lessons/of/none", 403, {"root": 404}),
    Route("office_rules.rules", "GET", "/office/rules/", 403, ORGANIZERS),
    Route("office_rules.rule", "GET", "/office/rules/ranking.ties", 403, WHOLE_CAMP),
    Route("office_rules.rule_sent", "POST", "/office/rules/ranking.ties", 403, {"root": 422}),
    Route("office_works.works", "GET", "/office/works/", 403, WHOLE_CAMP),
    Route("office_works.work", "GET", "/office/works/none", 403, WHOLE_CAMP | {"root": 404}),
    Route("office_works.judge", "POST", "/office/works/none/judge", 403, {"root": 404}),
    Route("office_prizes.ranking", "GET", "/office/prizes/", 403, WHOLE_CAMP),
    Route("office_prizes.freeze", "POST", "/office/prizes/freeze", 403, {"root": 422}),
    Route("office_prizes.one", "GET", "/office/prizes/1", 403, WHOLE_CAMP | {"root": 404}),
    Route("office_prizes.verify", "GET", "/office/prizes/1/verify", 403, WHOLE_CAMP | {"root": 404}),
    Route("office_prizes.export", "GET", "/office/prizes/1/public.xlsx", 403, WHOLE_CAMP | {"root": 404}),
    Route("office_certificates.certificates", "GET", "/office/certificates/", 403, ORGANIZERS),
    Route("office_certificates.search", "POST", "/office/certificates/search", 403, {"root": 200, "city": 200}),
    Route("office_certificates.tried", "POST", "/office/certificates/try", 403, {"root": 200, "city": 200}),
    Route("office_certificates.issue", "POST", "/office/certificates/issue", 403, {"root": 200, "city": 200}),
    Route("office_certificates.print_all", "GET", "/office/certificates/print.pdf", 403, NO_CERTIFICATE),
    Route("office_certificates.print_one", "GET", "/office/certificates/none/certificate.pdf", 403, NO_CERTIFICATE),
    Route("office_certificates.certificate", "GET", "/office/certificates/none", 403, {"root": 404, "city": 404, "nobody": 401}),
    Route("office_certificates.revoke", "POST", "/office/certificates/none/revoke", 403, {"root": 404, "city": 404}),
    Route("office_reports.reports", "GET", "/office/reports/", 403, ORGANIZERS),
    Route("office_reports.table", "GET", "/office/reports/county.xlsx", 403, ORGANIZERS),
    Route("office_reports.table", "GET", "/office/reports/kind.xlsx", 403, ORGANIZERS | {"city": 404}),
    Route("office_nodes.nodes", "GET", "/office/nodes/", 403, WHOLE_CAMP),
    Route("office_nodes.enrol", "POST", "/office/nodes/enrol", 403, {"root": 422}),
    Route("office_nodes.revoke", "GET", "/office/nodes/none/revoke", 403, WHOLE_CAMP | {"root": 404}),
    Route("office_nodes.revoke_sent", "POST", "/office/nodes/none/revoke", 403, {"root": 404}),
    Route("office_nodes.pack", "POST", "/office/nodes/pack", 403, {"root": 200}),
    Route("office_nodes.accept", "POST", "/office/nodes/accept", 403, {"root": 422}),
    Route("office_import.choose", "GET", "/office/import/units", 403, WHOLE_CAMP),
    Route("office_import.choose", "GET", "/office/import/people", 403, WHOLE_CAMP | {"root": 404, "city": 404}),
    Route("office_import.preview", "POST", "/office/import/likes", 403, {"root": 422}),
    Route("office_import.commit", "POST", "/office/import/units/commit", 403, {"root": 404}),
    Route("office_import.rejects", "POST", "/office/import/units/rejects.xlsx", 403, {"root": 404}),
    Route("office_import.undo", "POST", "/office/import/units/undo", 403, {"root": 404}),
)
