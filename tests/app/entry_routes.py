"""The routes of a call for works, in a camp in which none was opened: they are not there for anybody."""

from __future__ import annotations

from tests.app.routes import EVERYBODY, LOGGED_IN, SENT, WORKED, Route

ENTRY_ROUTES = (
    Route("entries.listed", "GET", "/desk/units/3501-X1/a/ZP/entries/", 404, LOGGED_IN),
    Route("entries.search", "POST", "/desk/units/3501-X1/a/ZP/entries/search", 404, {"nobody": 403}),
    Route("entries.file", "GET", "/desk/units/3501-X1/a/ZP/entries/all.xlsx", 404, LOGGED_IN),
    Route("entries.new", "GET", "/desk/units/3501-X1/a/ZP/entries/new", 404, WORKED),
    Route("entries.add", "POST", "/desk/units/3501-X1/a/ZP/entries/new", 404, SENT),
    Route("entries.row", "GET", "/desk/units/3501-X1/a/ZP/entries/of/none", 404, LOGGED_IN),
    Route("entries.change", "POST", "/desk/units/3501-X1/a/ZP/entries/of/none", 404, SENT),
    Route("entries.drop", "POST", "/desk/units/3501-X1/a/ZP/entries/of/none/drop", 404, SENT),
    Route("handins.listed", "GET", "/desk/units/3501-X1/a/ZP/handin", 404, LOGGED_IN),
    Route("handins.close", "POST", "/desk/units/3501-X1/a/ZP/handin", 404, SENT),
    Route("handins.reopen", "POST", "/desk/units/3501-X1/a/ZP/handin/reopen", 404, SENT),
    Route("handins.table", "GET", "/desk/units/3501-X1/a/ZP/handin/2023Q2/table.pdf", 404, LOGGED_IN),
    Route("handins.all_of_it", "GET", "/desk/units/3501-X1/a/ZP/handin/2023Q2/all.zip", 404, LOGGED_IN),
    Route("entry_files.shown", "GET", "/desk/units/3501-X1/a/ZP/files/none", 404, LOGGED_IN),
    Route("entry_files.file", "GET", "/desk/units/3501-X1/a/ZP/files/none/00", 404, LOGGED_IN),
    Route("entry_files.attach", "POST", "/desk/units/3501-X1/a/ZP/files/none", 404, SENT),
    Route("large_files.sent", "POST", "/desk/units/3501-X1/a/ZP/files/none/part", 404, SENT),
    Route("entry_files.agreements", "POST", "/desk/units/3501-X1/a/ZP/files/none/agreements", 404, SENT),
    Route("entry_files.drop", "POST", "/desk/units/3501-X1/a/ZP/files/none/drop", 404, SENT),
    Route("late_batches.listed", "GET", "/office/a/ZP/late", 403, {"root": 404, "city": 404, "nobody": 401}),
    Route("late_batches.take", "POST", "/office/a/ZP/late", 403, {"root": 404, "city": 404}),
    Route("entry_check.page", "GET", "/desk/units/3501-X1/a/ZP/check", 404, LOGGED_IN),
    Route("entry_check.judged", "POST", "/desk/units/3501-X1/a/ZP/check", 404, {"nobody": 403}),
    Route("screening.listed", "GET", "/office/a/ZP/works/", 403, {"root": 404, "city": 404, "nobody": 401}),
    Route("screening.say", "POST", "/office/a/ZP/works/", 403, {"root": 404, "city": 404}),
    Route("screening.votes", "GET", "/office/a/ZP/works/votes", 403, {"root": 404, "city": 404, "nobody": 401}),
    Route("taking_part.how", "GET", "/a/ZP/how", 404, EVERYBODY),
    Route("gallery.picture", "GET", "/a/ZP/gallery/none/00", 404, EVERYBODY),
    Route("gallery.shown", "GET", "/a/ZP/gallery", 404, EVERYBODY),
)
