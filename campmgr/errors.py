"""The only exception family: what happened, what to do next, how serious it is.

Sentences are for the people who run camps: Chinese, no class names, no SQL. `REASONS` is the closed list of machine-readable
reasons; docs/reasons.md prints it, `--json` and rejected import rows carry one of them.
"""

from __future__ import annotations

REASONS = {
    "busy": "too much is going on at this moment; the same again in a few seconds works",
    "trouble": "something failed on this machine (disk, permissions, a damaged file)",
    "damaged_data_file": "the data file is damaged or is not one of ours",
    "newer_data_file": "the data file was written by a newer version",
    "no_data_file": "there is no data file at the given place",
    "data_file_exists": "a data file is already there and will not be overwritten",
    "wrong_recovery_code": "a recovery code was mistyped, or is not this camp's",
    "wrong_usage": "the command line is not understood",
    "unreadable_file": "the file cannot be read as a spreadsheet, or is not what its name says",
    "empty_file": "the file has no rows",
    "too_large": "the file, or what it unpacks to, is over the limit",
    "missing_column": "a required column is not in the file",
    "repeated_column": "two columns bear the same heading",
    "missing_value": "a required cell is empty",
    "name_in_reason": "a reason, which stays for ever, holds the name or telephone of whom it is about",
    "unknown_word": "a word that is not in the list; the nearest known one is named",
    "unknown_unit": "no unit has that code or name",
    "unknown_person": "nobody has that code, number or name",
    "ambiguous_unit": "several units have this code or name; the id of one is needed",
    "ambiguous_person": "several people fit; the code or the unit is needed",
    "unknown_activity": "no activity has that code, or it is not theirs to see",
    "ambiguous_activity": "several activities fit; the code of one is needed, or its id where they share the code",
    "activity_closed": "the activity is over; its host can take the end back",
    "earlier_camp": "the camp named is one before the camp that goes on, and is only looked at",
    "no_camp": "no training camp was ever opened in this data file, and this belongs to one",
    "unknown_lesson": "no lesson has that code",
    "unknown_work": "no work has that link or number",
    "unknown_fact": "no fact or batch has that id",
    "unknown_list": "no prize list has that number",
    "ambiguous_list": "two prize lists bear that number; the id of the fact tells which",
    "list_void": "the list was made void, with a reason; another is frozen under a new number",
    "list_taken_down": "the list was put up for a time, and that time is over or has not begun",
    "unknown_certificate": "no certificate has that number",
    "unknown_node": "no node has that id",
    "unknown_rule": "no rule has that key; the nearest known one is named",
    "bad_number": "not a number",
    "out_of_range": "a number outside what is possible",
    "bad_date": "not a date or time",
    "broken_cell": "an error value, TRUE or FALSE for a text, a formula without its result, or a cell merged with the one above",
    "became_date": "a date where a text or code belongs: 3-1 that a spreadsheet program made 3月1日 of",
    "sum_differs": "a sum in the table is another than its rows come to",
    "several_sheets": "more sheets than one fit; which were read is told, and which fit and are hidden",
    "hidden_rows": "rows that the sheet hides or filters out, or that have no height",
    "struck_out": "a row that is struck through, which is left out; of a single cell it is only noted",
    "close_heading": "a column that was recognised by parts of its heading",
    "form_line": "a line above the headings that was read by its name",
    "not_a_row": "a total, a remark, a line to sign or the headings again: no row of data",
    "bad_name": "no name: a filler, a number, several names in one cell, or characters that an earlier conversion destroyed",
    "outside_camp": "a date outside the camp's time",
    "no_code": "a unit without a code: known by its parent and name",
    "no_parent": "a new unit without a parent: it stands below the top unit",
    "bad_code": "a code with characters that codes cannot have",
    "bad_check_digits": "a code whose check digits do not fit: mistyped",
    "too_long": "a text longer than its field",
    "gap": "somebody went and came back; the times are united, what lies between does not count",
    "outside_lesson": "a time of presence outside the lesson's own time",
    "missing_row": "something that an earlier file had and this one lacks; what was counted then stands",
    "repeated_row": "the same thing twice in one file",
    "not_participating": "the unit does not take part",
    "circular_parent": "a unit that would stand below itself",
    "left": "somebody who has left; what is said of them counts all the same",
    "undated": "some rows bear no day; which they are counted for is said",
    "conflict": "the same id was used for something else; both are shown",
    "said_already": "the whole lesson was declared of another day already; said again it is taken",
    "not_granted": "this data file holds no grant for that unit",
    "not_enrolled": "this data file has not been accepted by a camp yet",
    "wrong_campaign": "the file belongs to another camp",
    "damaged_pack": "nothing of the pack can be trusted: its head was altered, or all of it; nothing was taken from it",
    "sealed_pack": "the pack is closed for other data files, and nothing of it can be read here",
    "foreign_receipt": "the receipt answers a pack that this data file has not made",
    "missing_receipt": "the receipt goes on from an earlier one that is not here",
    "newer_pack": "the pack was made by a newer version",
    "unreachable": "another laptop does not answer, or its answer stopped half-way; the next sync goes on there",
    "not_campmgr": "what answers at that address is no campmgr, or one that cannot sync yet",
    "unknown_join_code": "the code for joining does not work: it never was, is revoked, over or used up",
    "erased_person": "the personal details were erased on request and do not come back by a list",
    "bad_link": "a link that is no web address",
    "no_cut_off": "a prize list needs a cut-off time",
    "not_ready": "the conditions are not fulfilled",
    "missing_glyph": "a character that our fonts cannot draw; the sentence names person and character",
    "bad_template": "a certificate template that cannot be set; the sentence names file and line",
    "refused_by_rule": "a rule of the camp says no",
    "no_such_page": "the address leads nowhere, or to something that is not theirs to see",
    "not_logged_in": "the page is for people with an account, and nobody is logged in",
    "wrong_password": "log-in name and password do not fit, or a backup and its passphrase",
    "weak_password": "the password is too short or too easy to guess",
    "login_taken": "another account has that log-in name",
    "unknown_account": "no account has that name or id, or it is not theirs to govern",
    "doubtful_clock": "the day of this machine does not fit what is recorded; the day must be said",
    "too_many_attempts": "too many attempts (to log in, to find a page, to check a number); a while must pass",
    "link_ended": "a one-time link that was used, has ended or never was",
    "foreign_origin": "a form that was not sent from our own pages",
}


class CampError(Exception):
    """A refusal or failure that can be shown to a person as it is.

    `hint`: what to do next, on a page; `at_console` the same for whoever types commands, "" where it is the same.
    """

    status = 500
    exit_code = 1
    reason = "trouble"

    def __init__(self, sentence: str, *, reason: str = "", hint: str = "", at_console: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint
        self.at_console = at_console or hint
        self.reason = reason or type(self).reason
        if self.reason not in REASONS:
            raise ValueError(f"not in errors.REASONS: {self.reason}")


class Trouble(CampError):
    """This machine failed: disk, permission, damaged file."""


class Busy(Trouble):
    """Too much is going on at this moment; the same again works in a few seconds."""

    status = 503
    reason = "busy"
    wait = 3
    """Seconds after which to try again (`Retry-After`)."""


class BadInput(CampError):
    """What was given cannot be understood."""

    status = 422
    exit_code = 2
    reason = "wrong_usage"


class NotFound(CampError):
    """There is no such thing, or it is not theirs to see."""

    status = 404
    exit_code = 3
    reason = "unknown_person"


class NotAllowed(CampError):
    """It exists, but this data file or account may not do it."""

    status = 403
    exit_code = 4
    reason = "not_granted"


class Refused(CampError):
    """A rule of the camp says no."""

    status = 409
    exit_code = 5
    reason = "refused_by_rule"


class TooMany(Refused):
    """Too often in too short a time."""

    status = 429
    reason = "too_many_attempts"
