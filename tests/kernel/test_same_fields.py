"""A dataclass made of what another object says in fields of the same names."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from shared.kernel.same_fields import same_fields


@dataclass(frozen=True)
class Note:
    id: int
    words: str
    minutes: int | None
    version: int = 1


FORM = SimpleNamespace(words="Said", minutes=None, version=7, another="left")


def test_it_takes_what_has_the_same_names_and_what_is_given() -> None:
    assert same_fields(Note, FORM, id=3) == Note(3, "Said", None, 7)


def test_what_is_left_out_keeps_its_default() -> None:
    assert same_fields(Note, FORM, without="version", id=3) == Note(3, "Said", None)


def test_a_question_that_nobody_answered_is_no_words_where_words_are_asked_for() -> None:
    assert same_fields(Note, SimpleNamespace(words=None, minutes=None, version=1), id=3) == Note(3, "", None)


def test_what_the_other_does_not_say_is_no_silent_gap() -> None:
    with pytest.raises(AttributeError, match="id"):
        same_fields(Note, FORM)
