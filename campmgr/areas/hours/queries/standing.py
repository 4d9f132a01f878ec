"""What stands for people: marks, conditions, hours. Asked before anything is recorded, so that the same again changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from campmgr.store.door import Reader

_SAME_MINUTES = "coalesce(minutes, -1) = coalesce(cast(:minutes as integer), -1)"


def same_mark(r: Reader, person: str, lesson: str, day: str, minutes: int | None) -> str | None:
    """The standing mark that says just this, by whatever way it came."""
    sql = f"select fact from marks where person = :person and lesson = :lesson and day = :day and {_SAME_MINUTES}"  # noqa: S608
    found = r.value(sql, person=person, lesson=lesson, day=day, minutes=minutes)
    return str(found) if found else None


def same_condition(r: Reader, person: str, condition: str, day: str) -> str | None:
    """The standing record of a condition on a day."""
    found = r.value("select fact from conditions where person = :person and condition = :condition and day = :day",
                    person=person, condition=condition, day=day)  # fmt: skip
    return str(found) if found else None


def marked_alike(r: Reader, people: Iterable[str], lesson: str, day: str, minutes: int | None) -> set[str]:
    """Who of these has this very mark already."""
    sql = f"select person from marks where lesson = :what and day = :day and {_SAME_MINUTES} and person in (:keys)"  # noqa: S608
    return {row[0] for row in r.among(sql, people, what=lesson, day=day, minutes=minutes)}


def with_condition(r: Reader, people: Iterable[str], condition: str) -> set[str]:
    """Who of these has a condition, on any day."""
    sql = "select person from conditions where condition = :what and person in (:keys)"
    return {row[0] for row in r.among(sql, people, what=condition)}


def conditions_of(r: Reader, person: str) -> set[str]:
    """The conditions that stand for a person."""
    return {row[0] for row in r.all("select condition from conditions where person = :person", person=person)}


def standing_of_people(r: Reader, people: Iterable[str]) -> dict[tuple[str, str, str], list[tuple[str, int | None]]]:
    """(person, lesson or condition, day) to the (fact, minutes) that stand there; a condition has no minutes."""
    people, found = list(people), dict[tuple[str, str, str], list[tuple[str, int | None]]]()
    for person, fact, what, day, minutes in r.among(
        "select person, fact, lesson, day, minutes from marks where person in (:keys)", people
    ):
        found.setdefault((person, what, day), []).append((fact, minutes))
    for person, fact, what, day in r.among("select person, fact, condition, day from conditions where person in (:keys)", people):
        found.setdefault((person, what, day), []).append((fact, None))
    return found


def mark_of_fact(r: Reader, person: str, fact: str) -> tuple[str, str, str] | None:
    """Lesson, day and source of a person's standing mark; None where the fact is none."""
    row = r.one("select lesson, day, source from marks where person = :person and fact = :fact", person=person, fact=fact)
    return (row[0], row[1], row[2]) if row else None


def minutes_by_fact(r: Reader, person: str) -> dict[str, int | None]:
    """The minutes that each standing mark of a person says."""
    return dict(r.all("select fact, minutes from marks where person = :person", person=person))


def counted_for(r: Reader, fact: str) -> list[tuple[str, str]]:
    """(person, home) of everyone for whom a fact counts: a scanned code is carried to the person who bears it."""
    rows = r.all(
        "select person, home from people where home <> '' and person in"
        " (select person from marks where fact = :fact union select person from conditions where fact = :fact)",
        fact=fact)  # fmt: skip
    return [(person, home) for person, home in rows]


def readiness_of(r: Reader, person: str) -> tuple[bool, int]:
    """Whether a person has reached all that a certificate asks for, and their hours in hundredths."""
    ready, credited = r.one("select ready, credited from people where person = :person", person=person) or (0, 0)
    return bool(ready), int(credited)
