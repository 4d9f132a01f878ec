"""What a page says, line by line: its texts and its form's fields, without navigation, hidden fields and looks."""

from __future__ import annotations

from html.parser import HTMLParser

_KEPT = ("type", "name", "value", "checked", "selected", "required")
_FIELDS = {"input", "select", "option", "textarea", "button"}


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self._inside = self._way = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "main"
        self._way = self._way or tag == "nav"
        told = dict(attrs)
        if self._inside and tag in _FIELDS and told.get("type") != "hidden":
            self.lines.append(" ".join([f"[{tag}]", *(f"{name}={told[name] or ''}" for name in _KEPT if name in told)]))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "main"
        self._way = self._way and tag != "nav"

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if self._inside and not self._way and text:
            self.lines.append(text)


def page_lines(html: str) -> str:
    """The texts and visible fields inside `<main>`, each on a line of its own."""
    reader = _Lines()
    reader.feed(html)
    reader.close()
    return "".join(f"{line}\n" for line in reader.lines)
