"""The routes of the tree of units: looking down, describing, moving, merging, closing, sheets that go out and come back."""

from __future__ import annotations

from tests.app.routes import ORGANIZERS, SEEN, Route

UNIT_ROUTES = (
    Route("inviting.form_page", "GET", "/office/accounts/invite-many", 403, ORGANIZERS),
    Route("inviting.chosen", "POST", "/office/accounts/invite-many", 403, {"root": 422, "city": 422}),
    Route("inviting.look", "GET", "/office/accounts/invite-many/look", 403, {"root": 404, "city": 404, "nobody": 401}),
    Route("inviting.invite", "POST", "/office/accounts/invite-many/do", 403, {"root": 404, "city": 404}),
    Route("inviting.sheet", "GET", "/office/accounts/invite-many/sheet", 403, {"root": 404, "city": 404, "nobody": 401}),
    Route("unit_log.shown", "GET", "/desk/units/3501-X1/log", 200, SEEN),
    Route("unit_log.shown", "GET", "/desk/units/3501/log", 200, SEEN | {"jiao": 403}),
    Route("office_merging.choose", "GET", "/office/units/3501-X1/merge", 403, ORGANIZERS),
    Route("office_merging.merge", "POST", "/office/units/3501-X1/merge", 403, {"root": 422, "city": 422}),
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
    Route("office_round_trip.page", "GET", "/office/units/3501-X1/sheet", 403, ORGANIZERS),
    Route("office_round_trip.page", "GET", "/office/units/3502/sheet", 403, ORGANIZERS | {"city": 404}),
    Route("office_round_trip.give", "POST", "/office/units/3501-X1/sheet/give", 403, {"root": 303, "city": 303}),
    Route("office_round_trip.give", "POST", "/office/units/3502/sheet/give", 403, {"root": 303, "city": 404}),
    Route(
        "office_round_trip.given", "GET", "/office/units/3501-X1/sheet/given/none", 403, {"root": 404, "city": 404, "nobody": 401}
    ),
    Route("office_round_trip.back", "POST", "/office/units/3501-X1/sheet/back", 403, {"root": 422, "city": 422}),
    Route("office_round_trip.back", "POST", "/office/units/3502/sheet/back", 403, {"root": 422, "city": 404}),
    Route("office_round_trip.look", "GET", "/office/units/3501-X1/sheet/look", 403, {"root": 404, "city": 404, "nobody": 401}),
    Route("office_round_trip.take", "POST", "/office/units/3501-X1/sheet/take", 403, {"root": 404, "city": 404}),
    Route("closing_units.closing", "GET", "/office/units/3501-X1/close", 403, ORGANIZERS),
    Route("closing_units.closing", "GET", "/office/units/3502/close", 403, ORGANIZERS | {"city": 404}),
    Route("closing_units.close", "POST", "/office/units/3501-X1/close", 403, {"root": 409, "city": 409}),
    Route("closing_units.close", "POST", "/office/units/3502/close", 403, {"root": 409, "city": 404}),
    Route("closing_units.open_again", "POST", "/office/units/3501-X1/open", 403, {"root": 303, "city": 303}),
    Route("closing_units.open_again", "POST", "/office/units/3502/open", 403, {"root": 303, "city": 404}),
    Route("office_units.move_sent", "POST", "/office/units/3502/move", 403, {"root": 422, "city": 404}),
)
