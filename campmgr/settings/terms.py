"""Word lists: closed lists, their synonyms, and the nearest known word for a mistyped one (docs/formats.md#words)."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from campmgr.wording import normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A closed list of words: `words` are the stored ones, `shown` how people see them, `known` every folded spelling."""

    name: str
    words: tuple[str, ...]
    shown: Mapping[str, str]
    known: Mapping[str, str] = field(repr=False)


def fold(text: str) -> str:
    """The form in which words are compared: NFKC, no case, no spaces, hyphens, underscores or quotation marks."""
    return "".join(normal(text).casefold().translate(_LEFT_OUT).split())


_LEFT_OUT = dict.fromkeys(map(ord, "-_“”\"'《》"))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, or None when nothing is near."""
    spellings = {fold(each): each for each in known}
    close = get_close_matches(fold(word), spellings, n=1, cutoff=0.55)
    return spellings[close[0]] if close else None


def match_word(vocabulary: Vocabulary, text: str) -> str | None:
    """The stored word for `text`, which may be a synonym, English, or in other widths and cases; None when unknown."""
    return vocabulary.known.get(text) or vocabulary.known.get(fold(text))


def suggest(vocabulary: Vocabulary, text: str) -> str | None:
    """The stored word nearest to an unknown `text`, synonyms considered, or None."""
    close = nearest(text, vocabulary.known)
    return vocabulary.known[close] if close else None


def say(vocabulary: Vocabulary, word: str) -> str:
    """A stored word as people read it; a word from a newer version comes back as it is."""
    return vocabulary.shown.get(word, word)


def vocabulary(name: str, entries: Mapping[str, str], shown: Mapping[str, str] | None = None) -> Vocabulary:
    """Build a vocabulary from {stored word: "synonym synonym …"}; two words claiming one spelling is a mistake here."""
    display = {word: (shown or {}).get(word, word) for word in entries}
    known: dict[str, str] = {}
    for word, synonyms in entries.items():
        for spelling in (word, display[word], *synonyms.split()):
            if known.setdefault(fold(spelling), word) != word:
                raise ValueError(f"{name}: {spelling} stands for two words")
    return Vocabulary(name, tuple(entries), display, known)
