"""Rows of a score sheet that came back become marks, abstentions and recusals; another judge's is refused whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from campmgr.areas.judging.actions.scoring import Given, recusal_draft, refuse_seat, refuse_time, score_draft
from campmgr.areas.judging.kinds import DECLARED
from campmgr.areas.judging.queries.forms import judge_of_form
from campmgr.areas.judging.queries.judges import Seats, seats_of_judge
from campmgr.areas.judging.queries.rounds import RoundLine, rounds_of
from campmgr.areas.judging.queries.scores import held_of
from campmgr.areas.judging.rules.rounds import mark_text, read_mark
from campmgr.areas.judging.rules.score_form import ABSTAINED, RECUSED, entry_begins
from campmgr.areas.people.queries.finding import find_person
from campmgr.errors import BadInput, CampError, Refused
from campmgr.facts import world as worlds
from campmgr.facts.activities import Activity
from campmgr.facts.finding import chosen_activity
from campmgr.facts.importing import UNCHANGED, RowPlan, RowProblem, changes
from campmgr.facts.saying import may_say
from campmgr.facts.streaming import StreamPlanner
from campmgr.ledger.envelope import Draft
from campmgr.store.door import Reader


class ScoreRow(NamedTuple):
    """A row of a sheet: the code of its form, how the work is named, marks as typed by their headings, what stands in 回避, and a
    note.
    """

    activity: str
    form: str
    number: str
    title: str
    marks: Mapping[str, str]
    aside: str
    note: str
    source: str


class ScorePlanner(StreamPlanner[ScoreRow]):
    """Plans rows of one judge's sheet. `round_`, `judge`: which the sheet must be of, "" for whatever it says itself."""

    def __init__(self, batch: str, actor: str, activity: str, round_: str = "", judge: str = "") -> None:
        self._batch, self._actor, self._asked, self._round, self._judge = batch, actor, activity, round_, judge

    def prepare(self, r: Reader, rows: Sequence[ScoreRow]) -> None:
        """See the form's round and seats as they are now.

        Raises Refused for a sheet that is of no form here, or another's, or comes once its round is over.
        """
        self._r, self._world = r, worlds.load(r)
        codes = {row.form for row in rows}
        if len(codes) != 1 or "" in codes:
            raise Refused("表上没有表号，认不出是哪位评委、哪一轮的评分表，没有导入。", reason="refused_by_rule",
                          hint="请用评审包里的“评分表.xlsx”或页面存成的文件，不要删去表头上方的行。")  # fmt: skip
        found = self._form(codes.pop())
        if found is None:
            raise Refused("这张评分表不是这次活动现在的评分表，没有导入。", reason="refused_by_rule",
                          hint="可能是别的活动、别的轮次的，或者标准已经改过；请核对，或重新发评审包。")  # fmt: skip
        self._activity, self._line, self._who = found
        judge = find_person(r, self._judge).person if self._judge else self._who
        if self._round not in {"", self._line.name} or judge != self._who:
            raise Refused(
                f"这张评分表是“{self._line.name}”另一位评委或另一轮的，没有导入。", reason="refused_by_rule", hint="请核对文件。"
            )
        refuse_time(r, self._line)
        self._seats: Seats = seats_of_judge(r, self._world, self._activity, self._line, self._who)

    def _form(self, code: str) -> tuple[Activity, RoundLine, str] | None:
        """Whose form bears a code: of the activity that was said, else of any that is judged here."""
        every = [each for each in self._world.activities.values() if each.sort == "entries"]
        for activity in [chosen_activity(self._world, self._asked, "entries")] if self._asked else every:
            if found := judge_of_form(self._r, self._world, activity, code, rounds_of(self._r, activity)):
                return activity, *found
        return None

    def plan(self, number: int, row: ScoreRow) -> RowPlan:
        """The plan for one row. Raises RowProblem."""
        del number
        entry = self._entry(row)
        if row.aside and row.aside not in {RECUSED, ABSTAINED}:
            raise RowProblem("aside", "", "unknown_word", f"“回避”列只填“{RECUSED}”“{ABSTAINED}”，或留空。")
        try:
            if row.aside == RECUSED:
                return self._recusal(entry, row)
            given = Given(None if row.aside else self._marks(row), row.note, row.source)
            refuse_seat(self._seats, entry, self._who)
            draft = score_draft(self._r, self._activity, self._line, entry, self._who, given, self._seats, self._batch, self._actor)
        except CampError as problem:
            raise RowProblem("number", row.number, problem.reason, problem.sentence) from problem
        if draft is None:
            return UNCHANGED
        self._check(draft, row)
        held = held_of(self._r, self._activity, self._line, entry, self._who)
        # what was given before is said to nobody: the round may be closed
        shown = changes(("评分", "已评" if held else "", "更正" if held else ("弃权" if row.aside else "已评")))
        return RowPlan("changed" if held else "new", (draft,), shown)

    def about(self, row: ScoreRow) -> str:
        """How the row names its work."""
        return row.title or row.number

    def _entry(self, row: ScoreRow) -> str:
        begins = entry_begins(row.form, row.number)
        if not begins:
            raise RowProblem("number", row.number, "unknown_work", "作品编号和校验位对不上这张评分表，请照原表的编号。")
        found = [work.entry for work in self._seats.works if work.entry.startswith(begins)]
        if len(found) != 1:
            raise RowProblem("number", row.number, "unknown_work", "这件作品已经不在这一轮里，可能已撤销资格。")
        return found[0]

    def _marks(self, row: ScoreRow) -> dict[str, int]:
        missing = [name for name in self._line.round.names if name not in row.marks]
        if missing:
            raise RowProblem(missing[0], "", "missing_column", f"表里没有“{missing[0]}”这一列。")
        if not any(row.marks.values()):
            raise RowProblem("number", row.number, "missing_value", f"没有打分。不评的请在“回避”列选“{ABSTAINED}”。")
        found = {}
        for name in self._line.round.names:
            try:
                found[name] = read_mark(self._line.round, name, row.marks[name])
            except BadInput as problem:  # what stands there is said to nobody: the round may be closed
                raise RowProblem(name, "", problem.reason, self._not_taken(name, problem.reason)) from problem
        return found

    def _not_taken(self, name: str, reason: str) -> str:
        one = self._line.round
        if reason == "missing_value":
            return f"“{name}”没有打分。不评这件的请在“回避”列选“{ABSTAINED}”。"
        return f"“{name}”填的不是这一轮的分数：要 0 到 {one.scale}，每档 {mark_text(one.step)} 分。请对照原表。"

    def _recusal(self, entry: str, row: ScoreRow) -> RowPlan:
        """A judge's own word that there is a conflict; the same again changes nothing."""
        if (entry, self._who) in self._seats.recusals.of:
            return UNCHANGED
        draft = recusal_draft(self._r, self._activity, self._line, entry, self._who, "judge_recused",
                              {"why": DECLARED, "note": row.note}, actor=self._actor, batch=self._batch)  # fmt: skip
        self._check(draft, row)
        return RowPlan("new", (draft,), changes(("回避", "", RECUSED)))

    def _check(self, draft: Draft, row: ScoreRow) -> None:
        if not may_say(self._r, draft):
            raise RowProblem("number", row.number, "not_granted", "评分由主办单位导入，这份数据文件没有那里的授权。")
