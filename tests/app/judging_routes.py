"""The routes of judging, where no call for works was opened: they are not there for anybody, and a ballot is a judge's alone."""

from __future__ import annotations

from tests.app.routes import Route

_OFFICE = {"root": 404, "city": 404, "nobody": 401}
_DECIDES = {"root": 404, "city": 404}
_AT = "/office/a/ZP/judging"
_IMPORT = "/office/a/ZP/import/scores"

JUDGING_ROUTES = (
    Route("office_judging.listed", "GET", _AT, 403, _OFFICE),
    Route("office_judging.named", "POST", f"{_AT}/judges", 403, _DECIDES),
    Route("office_judging.begin", "POST", f"{_AT}/rounds", 403, _DECIDES),
    Route("office_judging.bound", "POST", f"{_AT}/accounts", 403, _DECIDES),
    Route("office_rounds.shown", "GET", f"{_AT}/r1", 403, _OFFICE),
    Route("office_rounds.changed", "POST", f"{_AT}/r1", 403, _DECIDES),
    Route("office_rounds.recusal", "POST", f"{_AT}/r1/recusals", 403, _DECIDES),
    Route("judging_acts.before_assigning", "GET", f"{_AT}/r1/assign", 403, _OFFICE),
    Route("judging_acts.assigned", "POST", f"{_AT}/r1/assign", 403, _DECIDES),
    Route("judging_acts.before_opening", "GET", f"{_AT}/r1/open", 403, _OFFICE),
    Route("judging_acts.opened", "POST", f"{_AT}/r1/open", 403, _DECIDES),
    Route("judging_results.opened", "GET", f"{_AT}/r1/opened", 403, _OFFICE),
    Route("judging_results.without", "GET", f"{_AT}/r1/without", 403, _OFFICE),
    Route("host_files.choose", "GET", _IMPORT, 403, _OFFICE),
    Route("host_files.preview", "POST", _IMPORT, 403, _DECIDES),
    Route("host_files.preview_again", "GET", f"{_IMPORT}/none", 403, _OFFICE),
    Route("host_files.commit", "POST", f"{_IMPORT}/commit", 403, _DECIDES),
    Route("host_files.rejects", "POST", f"{_IMPORT}/rejects.xlsx", 403, _DECIDES),
    Route("judging_own.file", "GET", "/judge/r1/w1/f-1.mp4", 403, {"nobody": 401}),
    Route("judging_own.listed", "GET", "/judge/", 403, {"nobody": 401}),
    Route("judging_own.ballot", "GET", "/judge/r1/", 403, {"nobody": 401}),
    Route("judging_own.said", "POST", "/judge/r1/", 403, {}),
)
