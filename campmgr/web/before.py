"""Before an act that stays: one page of one sort for all of them, what is still open first, then what comes of it, then the act.

    before = Before(title=…, back=(url_for(…), "证书"), open=(OpenPoint(…),), lines=(…), does=(…), button="撤销这份证书")
    GET:   return respond.before(before, Form())
    POST:  if before.is_agreed(form): act …; return respond.go(…)
           return respond.before(before, form)

What was shown comes back with the form as `seen`: where it is not what would be shown now, the page is shown again and marks what
is new. Nothing open: one button. Something open: a tick and, where the act keeps one, a reason. See docs/add-a-page.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from campmgr.ids import canonical, sha256
from campmgr.web.forms import Form

SEEN, SURE = "seen", "sure"
"""Fields of the form: what was shown, and that it is agreed to though something is open."""

_FIRST, _LAST = 3, 6
"""Lines shown from the top of a long result and above its end; those with a doubt or a difference are always shown."""

_MARK = 8
"""Characters that stand for one shown line in `seen`."""


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """Something that is not settled: how many, what, what that means for the act, and where it is settled. Told at 0 as well.

    `mark` instead of the number, where a number says nothing; `is_open` False for what is only told.
    """

    count: int
    what: str
    means: str = ""
    address: str = ""
    verb: str = ""
    mark: str = ""
    is_open: bool = True

    @property
    def stands(self) -> bool:
        """Whether it is open and to be agreed to."""
        return self.is_open and bool(self.count)


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A line of what it will be: its cells, a doubt about it, and whether it stands below the end and is out."""

    cells: tuple[str, ...]
    doubt: str = ""
    is_out: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What it will be. `head`: (words, sort) of each column, sort "n" for numbers, "wide" for what a phone leaves out; () for pairs
    of a name and a value; `cut`: said at the end of what is in; `whole`: where all lines are to be seen.
    """

    title: str
    lines: tuple[ResultLine, ...]
    head: tuple[tuple[str, str], ...] = ()
    cut: str = ""
    whole: str = ""
    name_at: int = 0
    """Which column names the line."""


@dataclass(frozen=True, slots=True)
class AskedTick:
    """A box of the act's own, such as what else is revoked."""

    name: str
    value: str
    words: str
    is_ticked: bool = True


@dataclass(frozen=True, slots=True)
class Before:
    """An act that stays, before it is done. `back`: (address, words) of where one came from; `does`: what pressing does; `button`:
    its words, "" where there is nothing to do; `carries`: hidden fields that say what the act is about; `reason`: the label of a
    reason that is always asked for, `why_open` that of one asked for while something is open; "" where the act keeps none.
    """

    title: str
    back: tuple[str, str]
    button: str
    does: tuple[str, ...]
    result: Result
    open: tuple[OpenPoint, ...] = ()
    carries: tuple[tuple[str, str], ...] = ()
    ticks: tuple[AskedTick, ...] = ()
    ticks_title: str = ""
    reason: str = ""
    reason_hint: str = ""
    why_open: str = ""
    asks_day: str = ""
    action: str = ""
    is_grave: bool = True
    sure: str = ""

    @property
    def points(self) -> tuple[OpenPoint, ...]:
        """What is open and to be agreed to."""
        return tuple(each for each in self.open if each.stands)

    @property
    def seen(self) -> str:
        """A digest of each thing shown, one behind the other."""
        return "".join(map(self.mark_of, self._shown()))

    def mark_of(self, shown: object) -> str:
        """The digest that stands for one line."""
        return sha256(canonical(_plain(shown)))[:_MARK]

    def _shown(self) -> Iterator[object]:
        yield from self.open
        yield from self.result.lines
        yield from self.does
        yield from ((each.name, each.value, each.words) for each in self.ticks)

    def is_agreed(self, form: Form) -> bool:
        """Whether a form that came back agrees to just this; what it lacks is noted beside its fields."""
        if form.typed(SEEN) != self.seen:
            form.wrong(SEEN, "您看过以后有了变化，已在下面标出。请再看一遍再按。")
            return False
        if self.points and not form.is_ticked(SURE):
            form.wrong(SURE, "还有没办完的，请先打勾。")
        if self.asks_day:
            form.day("on")
        if self.label:
            form.text("reason", most=200)
        return not form.errors

    @property
    def label(self) -> str:
        """What is asked for a reason: always, or for what is open; "" for nothing."""
        return self.reason or (self.why_open if self.points else "")


@dataclass(frozen=True, slots=True)
class BeforePage:
    """The page of an act: what it is, and the form as it stands."""

    before: Before
    form: Form

    @property
    def _known(self) -> frozenset[str]:
        text = self.form.typed(SEEN)
        return frozenset(text[at : at + _MARK] for at in range(0, len(text), _MARK))

    @property
    def is_again(self) -> bool:
        """Whether something else was shown before."""
        return bool(self.form.error(SEEN))

    def is_new(self, shown: object) -> bool:
        """Whether a line was not shown before in just these words."""
        return self.is_again and self.before.mark_of(shown) not in self._known

    @property
    def gone(self) -> int:
        """How many of the lines shown before are there no more."""
        now = {self.before.seen[at : at + _MARK] for at in range(0, len(self.before.seen), _MARK)}
        return len(self._known - now) if self.is_again else 0

    @property
    def lines(self) -> tuple[ResultLine | None, ...]:
        """The lines to show, in order; None for those that are left out between."""
        return tuple(self._lines())

    @property
    def last_shown(self) -> int:
        """Where among the lines to show the last one stands that is in."""
        return max((at for at, each in enumerate(self.lines) if each and not each.is_out), default=-1)

    def _lines(self) -> Iterator[ResultLine | None]:
        lines = self.before.result.lines
        last = sum(1 for each in lines if not each.is_out)
        is_left_out = False
        for at, each in enumerate(lines):
            if len(lines) <= _FIRST + _LAST or at < _FIRST or at >= last - _LAST or each.doubt or self.is_new(each):
                is_left_out = False
                yield each
            elif not is_left_out:
                is_left_out = True
                yield None


def _plain(shown: object) -> object:
    """A line in what can be hashed."""
    if isinstance(shown, OpenPoint):
        return [shown.count, shown.what, shown.means, shown.mark]
    if isinstance(shown, ResultLine):
        return [list(shown.cells), shown.doubt, shown.is_out]
    return list(shown) if isinstance(shown, tuple) else shown
