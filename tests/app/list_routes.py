"""The routes of lists that are saved as workbooks: whoever may see a list may save it."""

from __future__ import annotations

from tests.app.routes import LOGGED_IN, Route

LIST_ROUTES = (
    Route("exported.export", "POST", "/desk/lists/accounts/export", 403, {"root": 303, "city": 303}),
    Route("exported.export", "POST", "/desk/lists/works/export", 403, {"root": 303}),
    Route("exported.export", "POST", "/desk/lists/none/export", 404, {"nobody": 403}),
    Route("list_acts.chosen", "POST", "/desk/lists/accounts/act", 404, {"nobody": 403, "elias": 403}),
    Route("list_acts.look", "GET", "/desk/lists/accounts/act/look", 404, {"nobody": 401, "elias": 403}),
    Route("list_acts.do", "POST", "/desk/lists/accounts/act/do", 404, {"nobody": 403, "elias": 403}),
    Route("exported.file", "GET", "/desk/lists/exported/none", 404, LOGGED_IN),
)
