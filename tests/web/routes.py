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

ROUTES = (
    Route("public.camp", "GET", "/", 200, EVERYBODY),
    Route("public.totals", "GET", "/totals", 200, EVERYBODY),
    Route("join.enter", "GET", "/j/", 200, EVERYBODY),
    Route("join.start", "GET", "/j/none", 404, EVERYBODY),
    Route("join.sent", "POST", "/j/none", 404, EVERYBODY),
    Route("me.find", "GET", "/p/", 200, EVERYBODY),
    Route("me.find_sent", "POST", "/p/", 422, EVERYBODY),
    Route("me.mine", "GET", "/p/none", 404, EVERYBODY),
    Route("me.declare", "POST", "/p/none/declarations", 404, EVERYBODY),
    Route("me.history", "GET", "/p/none/history", 404, EVERYBODY),
    Route("me.leave", "GET", "/p/none/leave", 404, EVERYBODY),
    Route("me.leave_sent", "POST", "/p/none/leave", 404, EVERYBODY),
    Route("me.pass_svg", "GET", "/p/none/pass.svg", 404, EVERYBODY),
    Route("me.pass_png", "GET", "/p/none/pass.png", 404, EVERYBODY),
    Route("board.board_page", "GET", "/board", 200, EVERYBODY),
    Route("board.screen", "GET", "/board/screen", 200, EVERYBODY),
    Route("board.screen_rows", "GET", "/board/screen/rows", 200, EVERYBODY),
    Route("certificate.check", "GET", "/c/", 200, EVERYBODY),
    Route("certificate.shown", "GET", "/c/none", 404, EVERYBODY),
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
)
