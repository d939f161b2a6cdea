"""A name is found as it is written, and as somebody without that keyboard would type it."""

import re
from pathlib import Path

import pytest

from shared.kernel.name_words import begins_with, name_words, plain_name

NAMES = [
    [part.strip() for part in line.split("|")]
    for line in Path(__file__).with_name("names.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
TYPED = [(name, typed) for _, name, spellings in NAMES for typed in [name, *spellings.split(", ")]]


def finds(typed: str, name: str) -> bool:
    """As PostgreSQL would: `&` of `|` of words and of beginnings of words."""
    words = name_words(name)

    def holds(term: str) -> bool:
        word, is_beginning = term.removesuffix(":*").strip("'"), term.endswith(":*")
        return any(one.startswith(word) if is_beginning else one == word for one in words)

    groups = [re.findall(r"\(([^()]*)\)", search) for search in begins_with(typed)]
    return any(all(any(holds(term) for term in group.split(" | ")) for group in way) for way in groups)


def test_there_are_two_hundred_names_of_twenty_scripts() -> None:
    assert len({name for _, name, _ in NAMES}) >= 200
    assert len({script for script, _, _ in NAMES}) >= 20


@pytest.mark.parametrize(("name", "typed"), TYPED)
def test_a_name_is_found_by_its_usual_spellings(name: str, typed: str) -> None:
    assert finds(typed, name)


@pytest.mark.parametrize(("name", "typed"), TYPED)
def test_a_name_is_found_while_it_is_typed_in_another_case(name: str, typed: str) -> None:
    assert finds(typed.upper(), name)
    assert finds(typed.lower(), name)


@pytest.mark.parametrize(
    ("typed", "name"), [("Lee", "Lea Example"), ("Sara", "Sue Example"), ("Jon", "John Example"), ("Li", "Al Example")]
)
def test_plain_names_are_found_by_their_letters_only(typed: str, name: str) -> None:
    assert not finds(typed, name)


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Zoë O'Flaherty-Smith", "OFlaherty"),
        ("Zoë O'Flaherty-Smith", "zoe smith"),
        ("Zoë O'Flaherty-Smith", "flaherty"),
        ("Mary MacDonald", "Mac Donald"),
        ("Mary Mac Donald", "MacDonald"),
        ("Anne-Marie Lee", "Annemarie"),
        ("Annemarie Lee", "Anne-Marie"),
        ("Jan van der Berg", "vanderberg"),
        ("Ama Owusu Ansah", "owusu-ansah"),
        ("D’Arcy", "D'Arcy"),
        ("Zoe\u0308", "Zoë"),
        ("Ａｎｎ", "Ann"),
        ("Robin (Bob) Lee", "bob"),
    ],
)
def test_where_a_word_ends_does_not_matter(stored: str, typed: str) -> None:
    assert finds(typed, stored)


@pytest.mark.parametrize("typed", ["", "  ", "-'’.", "\u200b", "()&|!:*", "\u0301"])
def test_what_has_no_letter_asks_for_nothing(typed: str) -> None:
    assert all("'" in search for search in begins_with(typed))


@pytest.mark.parametrize("typed", ["x' | 'y", "a:*", "!a", "a & b", "a\\'b", "<->", "a <-> b"])
def test_what_is_typed_is_never_an_operator(typed: str) -> None:
    assert all(re.fullmatch(r"(?:[()|&: *]|'[~#]?[a-z0-9]+')+", search) for search in begins_with(typed))


@pytest.mark.parametrize(
    ("name", "plain"), [("Zoë O'Brien-Ñí", "zoe obrien ni"), ("İrem", "irem"), ("St.John", "stjohn"), ("", "")]
)
def test_a_plain_name_is_what_spellings_have_in_common(name: str, plain: str) -> None:
    assert plain_name(name) == plain
