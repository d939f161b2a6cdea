"""Could two records be of one person? Names alone say only that somebody should look: they never join records.

Source: similarity by Jaro and Winkler; the examples are in the tests.
"""

from collections.abc import Mapping
from typing import TypeVar

from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from shared.kernel.name_words import NameLikeness, name_likeness

Who = TypeVar("Who")

LOOKS_ALIKE = 0.92
"""From here on somebody should look; Emma Wilson and Emma Watson are above it, and two people."""


def likeness_of_parts(one: tuple[str, str], other: tuple[str, str]) -> NameLikeness:
    """Of two given and family names: James Thomas and Thomas James are two people, who may have one mailbox."""
    return min(name_likeness(first, second) for first, second in zip(one, other, strict=True))


def looks_alike(one: str, other: str) -> bool:
    """Of two plain names."""
    return JaroWinkler.similarity(one, other) >= LOOKS_ALIKE


def beginnings(name: str) -> set[str]:
    """Of the words of a plain name. Of two that are alike, one word at least begins the same: only those are compared,
    since to compare everybody of a file with everybody of a place takes minutes.
    """
    return {word[:2] for word in name.split()}


def those_who_look_alike(sought: str, names: Mapping[Who, str]) -> list[Who]:
    """Of many plain names, by whose they are; the most alike first."""
    found = process.extract(sought, names, scorer=JaroWinkler.similarity, score_cutoff=LOOKS_ALIKE, limit=None)
    return [who for _, _, who in found]
