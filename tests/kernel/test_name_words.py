"""A name is found as it is written, and as somebody without that keyboard would type it."""

import re
from pathlib import Path

import pytest

from shared.kernel.name_words import (
    NameLikeness,
    asked_keys,
    begins_with,
    finds,
    known_keys,
    may_be_same_name,
    name_likeness,
    name_words,
    plain_name,
)

NAMES = [
    [part.strip() for part in line.split("|")]
    for line in Path(__file__).with_name("names.txt").read_text().splitlines()
    if line and not line.startswith("#")
]
FAMILY_NAMES = {"Wong", "Chan", "Lee", "Lam", "Ng", "Kwok"}
"""By which a whole name is found, and is not the same."""
TYPED = [(name, typed) for _, name, spellings in NAMES for typed in [name, *spellings.split(", ")]]


def is_found_by_postgresql(typed: str, name: str) -> bool:
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
    assert is_found_by_postgresql(typed, name)


@pytest.mark.parametrize(("name", "typed"), TYPED)
def test_a_name_may_be_the_same_by_its_usual_spellings_whoever_writes_which(name: str, typed: str) -> None:
    is_family_name_only = "\u3400" <= name[0] <= "\u9fff" and typed in FAMILY_NAMES
    assert may_be_same_name(name, typed) is may_be_same_name(typed, name) is not is_family_name_only
    assert is_family_name_only or set(known_keys("Somebody Else", name)) & set(asked_keys(typed))
    assert is_family_name_only or set(known_keys(typed)) & set(asked_keys(name, None))


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


def test_two_of_the_two_hundred_may_be_the_same_only_in_two_scripts_or_with_few_consonants() -> None:
    names = [name for _, name, _ in NAMES]
    alike = {(one, other) for n, one in enumerate(names) for other in names[n + 1 :] if may_be_same_name(one, other)}

    few_consonants = {("İrem", other) for other in ("אברהם", "রহিমা", "రాము", "రమ్య")}
    in_two_scripts = {
        ("Μαρία", "マリア"), ("مريم", "מרים"), ("प्रिया", "પ્રિયા"), ("অনিতা", "ಅನಿತಾ"), ("મીના", "மீனா"),
        ("રમેશ", "ರಮೇಶ"), ("மாலா", "මාලා"), ("ரவி", "ರವಿ"), ("ప్రియ", "ಪ್ರಿಯ"), ("მარიამ", "Մարիամ"),
    }  # fmt: skip
    assert alike == few_consonants | in_two_scripts


EXACT, SAME, LOOSE, NONE = reversed(NameLikeness)


@pytest.mark.parametrize(
    ("one", "other", "degree"),
    [
        ("Ann Lee", "ANN  LEE", EXACT),
        ("Ann Lee", "Lee, Ann", EXACT),
        ("Mrs Ann Lee", "Ann Lee", EXACT),
        ("Mrs. Lee, Ann", "Dr Ann Lee", EXACT),
        ("Anne-Marie O'Hara", "Annemarie OHara", EXACT),
        ("محمد حسين", "محمد حسين", EXACT),
        ("Zoë Lee", "Zoe Lee", SAME),
        ("Müller", "Mueller", SAME),
        ("Мария Иванова", "Mariya Ivanova", SAME),
        ("김민준", "Kim Min-jun", SAME),
        ("محمّد", "محمد", SAME),
        ("Ann Lee", "Lee Ann", LOOSE),
        ("Marie Claire", "Claire Marie", LOOSE),
        ("Ann Mary Lee", "Lee Mary Ann", LOOSE),
        ("Мария Иванова", "Ivanova Maria", LOOSE),
        ("王小明", "Xiaoming Wang", LOOSE),
        ("محمد حسين", "Mohammed Hussain", LOOSE),
        ("حسن", "Hussain", LOOSE),
        ("王小明", "汪晓鸣", LOOSE),
        ("Μαρία", "マリア", LOOSE),
        ("が", "か", LOOSE),
        ("José Lee", "Jose Li", NONE),
        ("Siân Cates", "Sian Gates", NONE),
        ("王小明", "Wang", NONE),
        ("김민준", "Kim", NONE),
        ("Ann Lee", "Ann Lea", NONE),
        ("Ann Lee", "Ann", NONE),
        ("Jon Sample", "John Sample", NONE),
        ("Mr", "Mrs", NONE),
        ("", "", NONE),
        ("-", "'", NONE),
    ],
)
def test_names_are_alike_in_degrees_whoever_is_asked_first(one: str, other: str, degree: NameLikeness) -> None:
    assert name_likeness(one, other) is degree
    assert name_likeness(other, one) is degree
    assert bool(set(known_keys(one)) & set(asked_keys(other))) is (degree >= LOOSE)
