"""The routes of what is looked at of a person and noted, of erasures with their receipts, and of leaving."""

from __future__ import annotations

from tests.app.routes import EVERYBODY, ORGANIZERS, SEEN, SENT, WHOLE_CAMP, WORKED, Route

PEOPLE_ROUTES = (
    Route("person_looks.reveal", "POST", "/desk/people/none/phone", 404, SENT),
    Route("person_looks.revealed", "GET", "/desk/people/none/phone", 404, {"nobody": 401, "elias": 403}),
    Route("person_looks.copy", "GET", "/desk/people/none/copy", 404, WORKED),
    Route("person_looks.take_copy", "POST", "/desk/people/none/copy", 404, SENT),
    Route("looks.page", "GET", "/desk/looks", 200, {"nobody": 401, "elias": 403}),
    Route("erasing.receipt", "GET", "/desk/people/none/receipt.pdf", 404, WORKED),
    Route("erasing.before", "GET", "/desk/people/none/erase", 404, WORKED),
    Route("erasing.erased", "GET", "/desk/people/none/erased", 404, {"nobody": 401, "elias": 403}),
    Route("erasing.erase", "POST", "/desk/people/none/erase", 404, SENT),
    Route("my_leaving.before_leaving", "GET", "/p/none/leave", 404, EVERYBODY),
    Route("my_leaving.leave", "POST", "/p/none/leave", 404, EVERYBODY),
    Route("my_leaving.receipt", "GET", "/p/none/receipt.pdf", 404, EVERYBODY),
    Route("my_copy.shown", "GET", "/p/none/copy", 404, EVERYBODY),
    Route("my_copy.take", "POST", "/p/none/copy", 404, EVERYBODY),
    Route("my_leaving.before_ending_others", "GET", "/p/none/others/end", 404, EVERYBODY),
    Route("my_leaving.end_others", "POST", "/p/none/others/end", 404, EVERYBODY),
    Route("person_homes.leave", "POST", "/desk/people/none/homes/leave", 404, {"nobody": 403, "elias": 403}),
    Route("person_homes.gone", "POST", "/desk/people/none/homes/gone", 404, {"nobody": 403, "elias": 403}),
    Route("office_retention.page", "GET", "/office/retention/", 403, WHOLE_CAMP),
    Route("office_retention.erase", "POST", "/office/retention/", 403, {"root": 303}),
    Route("families.shown", "GET", "/desk/units/3501-FL/families", 200, SEEN | {"jiao": 404}),
    Route("families.search", "POST", "/desk/units/3501-FL/families/search", 303, {"nobody": 403, "farid": 404, "jiao": 404}),
    Route("families.sign_in", "POST", "/desk/units/3501-FL/families/sign-in", 404, SENT),
    Route("office_minors.page", "GET", "/office/minors/", 403, ORGANIZERS),
    Route("office_minors.file", "GET", "/office/minors/2023.xlsx", 403, ORGANIZERS),
)
