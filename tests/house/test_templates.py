"""Templates and style sheets can be read: no line runs out of sight."""

from __future__ import annotations

from tests.house.sources import relative, text_files

CHARACTERS = 160


def test_no_line_of_a_template_or_style_sheet_is_too_long():
    long = [
        f"{relative(path)}:{number}"
        for path in text_files("templates", "static")
        if path.suffix in {".html", ".css"}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if len(line) > CHARACTERS
    ]
    assert not long, f"break these at {CHARACTERS} characters, after a block or between two tags: {long}"
