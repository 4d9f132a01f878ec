"""By which words a person is found: what was typed is the beginning of one of them, or an ending that stands whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from unicodedata import category

from campmgr.pinyin import spellings
from campmgr.store.door import Row, Writer
from campmgr.store.tables import Table, sync_rows
from campmgr.wording import name_key, normal

PERSON_WORDS = Table("person_words", ("person", "word"), 2, "person")

ENDING = 4
"""Digits at the end of a number or telephone by which somebody is found."""

_LONGEST = 24
"""Characters of a name that are looked at."""


def write_words(w: Writer, people: Collection[str], rows: Iterable[tuple[str, str, str, str]]) -> None:
    """Keep the words of these people, from (person, name, number, telephone) of those who have a row."""
    sync_rows(w, PERSON_WORDS, people, [row for each in rows for row in words_of(*each)])


def words_of(person: str, name: str, number: str, phone: str) -> list[Row]:
    """The words of one person, as rows."""
    return [(person, word) for word in {*_name_words(name), *_number_words(number), *_endings(phone)}]


def word_of(text: str) -> str:
    """A name or number as words are kept: as names are compared, and without dots, hyphens and other signs."""
    key = name_key(normal(text))
    return key if key.isalnum() else "".join(each for each in key if category(each)[0] not in "PSZ")


def ending_word(digits: str) -> str:
    """The word for the last digits of a number or telephone; no other word begins with its sign."""
    return f"#{digits[-ENDING:]}"


def _name_words(name: str) -> Iterable[str]:
    """A name from each of its characters on; its spellings, with and without the surname; its initials."""
    key = word_of(name)[:_LONGEST]
    yield from (key[start:] for start in range(len(key)))
    for way in spellings(name[:_LONGEST]):
        yield "".join(way)
        yield "".join(way[1:]) or way[0]
        yield "".join(syllable[0] for syllable in way)


def _number_words(number: str) -> Iterable[str]:
    if word := word_of(number):
        yield word
        yield from _endings(word)


def _endings(digits: str) -> Iterable[str]:
    if len(digits) > ENDING and digits[-ENDING:].isdigit():
        yield ending_word(digits)
