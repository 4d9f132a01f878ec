"""How much text the cells of an .xlsx come to once each has its own: 31 KB that say one long text thirty times took a gigabyte."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence

from campmgr.files.xml_extent import MOST_TEXT, RectangleTooLarge, stream_xml

_LONGEST_NUMBER, _HEAD = 12, 2_000


def check_shared_texts(archive: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo], cells: int, most: int = MOST_TEXT) -> None:
    """Raises RectangleTooLarge where the cells would hold more than `most`; ValueError for bad XML. `cells`: at most so many."""
    lists = [member for member in members if _is_list(archive, member)]
    if sum(member.file_size for member in lists) * cells <= most:
        return
    lengths = _Lengths()
    for member in lists:
        stream_xml(archive, member, lengths.start, lengths.end, lengths.text)
    if max(lengths.found, default=0) * cells <= most:
        return
    for member in members:
        if member not in lists:
            told = _Told(lengths.found, most)
            stream_xml(archive, member, told.start, told.end, told.text)


def _is_list(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a part is a list of shared texts, whatever it is called."""
    with archive.open(member) as file:
        head = file.read(_HEAD).replace(b"\0", b"")
    return "sharedstrings" in member.filename.lower() or b"sst" in head


class _Lengths:
    """The length of each shared text."""

    def __init__(self) -> None:
        self.found: list[int] = []

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "si":
            self.found.append(0)

    def end(self, name: str) -> None:
        """Nothing: the next text begins with its own tag."""

    def text(self, text: str) -> None:
        if self.found:
            self.found[-1] += len(text)


class _Told:
    """Adds up the texts that the cells of a sheet name."""

    def __init__(self, lengths: Sequence[int], most: int) -> None:
        self._lengths, self._left = lengths, most
        self._is_shared = self._is_value = False
        self._number = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self._is_shared = attributes.get("t") == "s"
        elif local == "v":
            self._is_value, self._number = True, ""

    def text(self, text: str) -> None:
        if self._is_value:
            self._number = (self._number + text)[:_LONGEST_NUMBER]

    def end(self, name: str) -> None:
        if name.rpartition(":")[2] != "v":
            return
        self._is_value = False
        number = self._number.strip()
        if self._is_shared and number.isdecimal() and int(number) < len(self._lengths):
            self._left -= self._lengths[int(number)]
            if self._left < 0:
                raise RectangleTooLarge
