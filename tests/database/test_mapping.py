"""A dataclass and its row."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.engine.result import IteratorResult, SimpleResultMetaData

from shared.contracts.vocabulary import Level, Role
from shared.database.mapping import columns_of, read_row, read_rows


@dataclass(frozen=True)
class Part:
    minutes: int | None
    level: Level
    asked: Level | None
    roles: frozenset[Role] = frozenset()
    lines: tuple[str, ...] = ()


@dataclass
class Flat:
    minutes: int | None
    level: Level | None
    held_on: date | None
    roles: frozenset[Role]


@dataclass
class Whole:
    id: int
    held_on: date
    details: Part
    people: frozenset[int]


WHOLE = Whole(
    7, date(2027, 3, 27), Part(30, Level.UNIVERSAL, None, frozenset({Role.TEAM_LEAD}), ("one", "two")), frozenset({4})
)
COLUMNS = {
    "id": 7,
    "held_on": date(2027, 3, 27),
    "minutes": 30,
    "level": "universal",
    "asked": None,
    "roles": ["team_lead"],
    "lines": ["one", "two"],
}


def test_what_is_stored_is_a_column_for_each_field_of_it_and_of_its_parts() -> None:
    assert columns_of(WHOLE, without="people") == COLUMNS


def test_what_is_read_is_what_was_stored() -> None:
    read = read_row(Whole, SimpleNamespace(**COLUMNS, another="left"), people=frozenset({4}))
    assert read == WHOLE
    assert read.details.level is Level.UNIVERSAL
    assert [type(role) for role in read.details.roles] == [Role]


def test_many_rows_say_what_each_says_whatever_the_order_of_their_columns() -> None:
    rows: list[tuple[Any, ...]] = [
        ("left", date(2027, 3, 27), ["team_lead"], "universal", 30),
        ("left", None, [], None, None),
    ]
    columns = SimpleResultMetaData(["another", "held_on", "roles", "level", "minutes"])

    assert read_rows(Flat, IteratorResult(columns, iter(rows))) == [
        Flat(30, Level.UNIVERSAL, date(2027, 3, 27), frozenset({Role.TEAM_LEAD})),
        Flat(None, None, None, frozenset()),
    ]


def test_a_code_that_is_not_in_its_list_is_not_read() -> None:
    with pytest.raises(ValueError, match="unknown"):
        read_row(Whole, SimpleNamespace(**{**COLUMNS, "asked": "unknown"}, another=""), people=frozenset())


def test_a_field_without_a_column_is_no_silent_gap() -> None:
    with pytest.raises(AttributeError, match="people"):
        read_row(Whole, SimpleNamespace(**COLUMNS, another=""))
