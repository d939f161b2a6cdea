"""The words by which a name is found: as it is written, and as somebody without that keyboard would type it.

An index holds, for each word of a name, the word itself, what it is without its accents or in Latin letters (anyascii),
and, where it is not Latin already, two looser keys: how it sounds when vowels and doubled letters are written
in the usual ways, and its consonants alone, for scripts that do not write vowels or that are romanised in many ways.
A search asks for any of these of each typed word. Latin names have no loose keys, so `Lee` does not find `Lea`.

Whole names are alike in degrees (`NameLikeness`). What is only `LOOSE` finds and warns; nobody is taken for somebody,
and nothing is joined, written or opened, by less than `SAME`, and whoever is more alike goes before whoever is less.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from shared.kernel.name_spelling import (
    BONES,
    SOUND,
    bones,
    held_alone,
    is_latin,
    latin,
    sound,
    spellings,
    typed_alone,
    usual,
    without_points,
)

_SIDES = (">", "<")
"""What whole names of an index begin with: what somebody is held as meets what another is asked for, not its like."""
_MOST_TOGETHER = 6
"""Typed words of which two may be one; who types more has said enough."""
_LONGEST = 300
"""Letters of a name that count: the parts of one word make as many words as there are pairs of them."""
_PARTICLE = 4
"""Letters of a word that people write together with the next one: O', Mac, Abd, de."""
_FEWEST_SOUNDS, _WHOLE_BONES = 3, 3
_TITLES = frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "master", "dr", "prof", "professor", "rev", "sir", "dame", "lady", "lord"}
)
_COMMA = re.compile("[,،，]")


def name_words(*names: str | None) -> list[str]:
    """The words of names, for an index; sorted, each once."""
    found: set[str] = set()
    for name in names:
        outer = _outer((name or "")[:_LONGEST])
        for parts in outer:
            for word in _runs(parts):
                found |= set(spellings(word))
        for together in _with_particles(["".join(parts) for parts in outer]):
            found |= set(spellings(together))
    return sorted(found)


def sought_words(text: str) -> list[list[str]]:
    """The words that someone typed, in each way in which they may stand together; empty where there is none."""
    words = [part for parts in _outer(text[:_LONGEST]) for part in parts]
    pairs = range(len(words) - 1) if len(words) <= _MOST_TOGETHER else ()
    joined = [[*words[:place], words[place] + words[place + 1], *words[place + 2 :]] for place in pairs]
    return [words, *joined] if words else []


def begins_with(text: str) -> tuple[str, ...]:
    """The searches, one of which finds a name, for what someone typed, as PostgreSQL's `tsquery` writes them.

    Each is asked by itself, since an index answers words that must all be there far quicker than a choice of such.
    """
    return tuple(" & ".join(f"({_alternatives(word)})" for word in words) for words in sought_words(text))


def finds(text: str, *names: str | None) -> bool:
    """Whether these names are found by what someone typed; what has no letter finds nobody."""
    words = _words_of(names)
    return any(all(any(_is_among(asked, word) for word in words) for asked in way) for way in _ways(text))


class NameLikeness(IntEnum):
    """How alike two whole names are, a title apart; `Lee, Ann` is in the order of `Ann Lee`."""

    NONE = 0
    LOOSE = 1
    """By its sound or its consonants, of which one is in Latin letters and one is not, or in another order."""
    SAME = 2
    """But for accents and points, or as one of them is usually written in Latin letters."""
    EXACT = 3
    """But for case, and marks between letters."""


class WholeName(NamedTuple):
    """What a whole name is, and what it may be taken for."""

    written: str
    """Its words in their order, all together."""
    is_latin: bool
    held: frozenset[str]
    """Loosely, in whatever order; so is the next."""
    typed: frozenset[str]


@lru_cache(maxsize=20_000)
def whole_name(name: str) -> WholeName:
    """Nothing of a name without a letter."""
    in_order = untitled(" ".join(_COMMA.split(untitled(name[:_LONGEST]), maxsplit=1)[::-1]))
    words = ["".join(parts) for parts in _outer(in_order.replace("-", " "))]
    turned = ["".join([*words[place:], *words[:place]]) for place in range(min(len(words), _MOST_TOGETHER))]
    sorted_words = ["".join(sorted(map(latin, words)))]
    held = [spelling for one in turned for spelling in held_alone(one)]
    typed = [spelling for one in turned[:1] for spelling in typed_alone(one)]
    written = "".join(words)
    return WholeName(
        written,
        is_latin(written),
        frozenset(filter(None, held + sorted_words)),
        frozenset(filter(None, typed + sorted_words)),
    )


def untitled(name: str) -> str:
    """`Mrs. Zoë O'Brien-Ñí` → `Zoë O'Brien-Ñí`; a title that is all there is stays."""
    words = name.split()
    titles = (plain_name(word) in _TITLES for word in words[:-1])
    return " ".join(words[len(list(takewhile(bool, titles))) :])


def name_likeness(one: str, other: str) -> NameLikeness:
    """How alike two names are."""
    first, second = whole_name(one), whole_name(other)
    if not (first.written and second.written):
        return NameLikeness.NONE
    if first.written == second.written:
        return NameLikeness.EXACT
    if _is_usual(first, second):
        return NameLikeness.SAME
    is_loose = not (first.typed.isdisjoint(second.held) and second.typed.isdisjoint(first.held))
    return NameLikeness.LOOSE if is_loose else NameLikeness.NONE


def same_name(one: str, other: str) -> bool:
    """Whether two names are written alike, in the same order, but for case, accents, marks and the usual ways to write
    one of them in Latin letters.
    """
    return name_likeness(one, other) >= NameLikeness.SAME


def may_be_same_name(one: str, other: str) -> bool:
    """Whether somebody should look: `Hussain` and `Hassan` may both be حسين. Nothing is decided by it."""
    return name_likeness(one, other) >= NameLikeness.LOOSE


def _is_usual(first: WholeName, second: WholeName) -> bool:
    """Names of other scripts, which have one spelling in Latin letters, may still be two."""
    if not (first.is_latin or second.is_latin):
        return without_points(first.written) == without_points(second.written)
    return (first.is_latin and latin(first.written) in usual(second.written)) or (
        second.is_latin and latin(second.written) in usual(first.written)
    )


def known_keys(*names: str | None) -> list[str]:
    """For an index of those who are known. It overlaps with the `asked_keys` of whoever may have the same name as one
    of these, and so says in a database what `may_be_same_name` says.
    """
    return _keys(names, *_SIDES)


def asked_keys(*names: str | None) -> list[str]:
    """Of somebody who may be one of the known."""
    return _keys(names, *reversed(_SIDES))


@lru_cache(maxsize=20_000)
def plain_name(name: str) -> str:
    """`Zoë O'Brien-Ñí` → `zoe obrien ni`: what two spellings of one name have in common."""
    return " ".join(latin("".join(parts)) for parts in _outer(name.replace("-", " ")))


def _keys(names: Sequence[str | None], held: str, typed: str) -> list[str]:
    whole = [whole_name(name) for name in names if name]
    of_held = {held + key for one in whole for key in one.held}
    return sorted(of_held | {typed + key for one in whole for key in one.typed})


class _Asked(NamedTuple):
    """Of a word of an index."""

    word: str
    is_beginning: bool


def _alternatives(word: str) -> str:
    return " | ".join(sorted(_quoted(one.word) + (":*" if one.is_beginning else "") for one in _asked(word)))


def _asked(word: str) -> set[_Asked]:
    asked = {_Asked(one, is_beginning=True) for one in (word, latin(word)) if one}
    if word.isascii():
        if len(heard := sound(word)) >= _FEWEST_SOUNDS:
            asked.add(_Asked(SOUND + heard, is_beginning=True))
        if bare := bones(word):
            asked.add(_Asked(BONES + bare, is_beginning=len(bare) > _WHOLE_BONES))
    return asked


_Ways = tuple[tuple[tuple[tuple[str, ...], frozenset[str]], ...], ...]
"""For each way in which typed words may stand together, of each of them how a word begins, and which words it is."""


@lru_cache(maxsize=100)
def _ways(text: str) -> _Ways:
    return tuple(tuple(map(_begun_and_whole, way)) for way in sought_words(text))


def _begun_and_whole(word: str) -> tuple[tuple[str, ...], frozenset[str]]:
    asked = _asked(word)
    return tuple(one.word for one in asked if one.is_beginning), frozenset(one.word for one in asked)


def _is_among(asked: tuple[tuple[str, ...], frozenset[str]], word: str) -> bool:
    return word.startswith(asked[0]) or word in asked[1]


@lru_cache(maxsize=20_000)
def _words_of(names: Sequence[str | None]) -> Sequence[str]:
    return tuple(name_words(*names))


def _quoted(word: str) -> str:
    """Letters, marks and figures only are in a word; what quotes is not."""
    return f"'{word}'"


def _with_particles(words: list[str]) -> Iterator[str]:
    """`van`, `der`, `berg` → `vander`, `vanderberg`, `derberg`."""
    for first in range(len(words)):
        together = words[first]
        for before, word in pairwise(words[first:]):
            if len(before) > _PARTICLE:
                break
            together += word
            yield together


def _runs(parts: list[str]) -> Iterator[str]:
    """Each part, and parts that stand together: `o`, `flaherty`, `smith`, `oflaherty`, `flahertysmith` …"""
    for first in range(len(parts)):
        yield from ("".join(parts[first:last]) for last in range(first + 1, len(parts) + 1))


def _outer(text: str) -> list[list[str]]:
    """Words as spaces divide them, each in its parts: `St.John` → `st`, `john`."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    composed = unicodedata.normalize("NFC", composed.replace("i̇", "i"))
    found = [[part for part in _cut(word) if part] for word in composed.split()]
    return [parts for parts in found if parts]


def _cut(word: str) -> list[str]:
    kept = "".join(letter for letter in word if unicodedata.category(letter) != "Cf")
    return "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in kept).split()
