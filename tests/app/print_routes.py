"""What a desk prints, gives codes for and certifies: part of the table of `routes`, whose columns they have."""

from __future__ import annotations

WORKED = {"nobody": 401, "farid": 404, "elias": 403}
SENT = WORKED | {"nobody": 403}

PRINT_ROUTES: tuple[tuple[str, str, str, int, dict[str, int]], ...] = (
    ("cards.pdf", "GET", "/desk/units/3501-X2/people/cards.pdf", 404, WORKED),
    ("cards.class_list", "GET", "/desk/units/3501-X2/people/list.pdf", 404, WORKED),
    ("booklet.posters", "GET", "/desk/units/3501-X2/codes/booklet.pdf", 404, WORKED),
    ("codes.codes", "GET", "/desk/units/3501-X1/codes", 200, WORKED),
    ("codes.make", "POST", "/desk/units/3501-X1/codes", 303, SENT),
    ("codes.revoke", "POST", "/desk/units/3501-X1/codes/none/revoke", 404, SENT),
    ("codes.slips", "GET", "/desk/units/3501-X1/codes/families.pdf", 404, WORKED),
    ("entrants.waiting", "GET", "/desk/units/3501-X1/entrants", 200, WORKED),
    ("entrants.decide", "POST", "/desk/units/3501-X1/entrants", 422, SENT),
    ("carrying.owed", "GET", "/desk/units/3501-X1/carry-up", 404, WORKED),
    ("entering.waits", "GET", "/e/none", 404, {}),
    ("entering.opened", "POST", "/e/none/open", 404, {}),
    ("codes.make_below", "POST", "/desk/units/3501-X1/codes/below", 303, SENT),
    ("desk_certificates.page", "GET", "/desk/units/3501-X1/certificates", 200, WORKED),
    ("desk_certificates.looked", "GET", "/desk/units/3501-X1/certificates/issue", 200, WORKED),
    ("desk_certificates.issue", "POST", "/desk/units/3501-X1/certificates/issue", 409, SENT),
    ("desk_certificates.pdf", "GET", "/desk/units/3501-X1/certificates/certificates.pdf", 404, WORKED),
    ("desk_certificates.before_ending", "GET", "/desk/units/3501-X1/certificates/none/revoke", 404, WORKED),
    ("desk_certificates.end", "POST", "/desk/units/3501-X1/certificates/none/revoke", 404, SENT),
    ("cards.ticked", "POST", "/desk/units/3501-X2/people/cards.pdf", 404, SENT),
)
