"""What invented practitioners and referrers write: only what is true of the family, and seldom the same twice.

The words are in `texts/`, below what must be true so that they may be written; all of them are our own.
"""

import random
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from services.referral.demonstration.facts import Facts
from services.referral.demonstration.words import BOYS, GIRLS
from services.referral.people.domain.people import Relationship

TEXTS: Mapping[str, Mapping[frozenset[str], Sequence[str]]] = {
    kind: {frozenset(when.split()): words for when, words in table.items()}
    for file in sorted((Path(__file__).parent / "texts").glob("*.toml"))
    for kind, table in tomllib.loads(file.read_text(encoding="utf-8")).items()
}
"""Kind → what must be true → what may be written then."""

_SHE, _HE, _THEY = ("she", "her", "her"), ("he", "him", "his"), ("they", "them", "their")
_BEGINS = re.compile(r"(^|[.!?]”? |\n)([a-z])")


class Sentences:
    """Writes about one family."""

    def __init__(self, chance: random.Random, facts: Facts) -> None:
        self._chance = chance
        self.facts = facts
        self._written = set[str]()
        self._helps = dict[bool, str]()

    def a(self, kind: str, on: date) -> str:
        """One of that kind, as it is true on that day."""
        words = self._choose(kind, on)
        self._written.add(words)
        return self._filled(words, on)

    def some(self, kind: str, on: date, count: int) -> list[str]:
        """So many different ones."""
        return [self.a(kind, on) for _ in range(count)]

    def note(self, on: date, *, is_first: bool = False) -> str:
        """Of a session that took place: how the parent was, what happened, and what comes next."""
        opening = "first_opening" if is_first else "risk_opening" if self.facts.is_at_risk(on) else "opening"
        return "\n".join((self.a(opening, on), self.a("scene", on), self.a("next", on)))

    def referral(self, on: date) -> str:
        """What someone who works with the family writes about it, for the first of its reasons."""
        reason = self.facts.reasons[0]
        fitting = [words for when, words in self._true("referral", on) if reason in when]
        return self._filled(self._chance.choice([one for several in fitting for one in several]), on)

    def _true(self, kind: str, on: date) -> list[tuple[frozenset[str], Sequence[str]]]:
        true = self.facts.true_on(on)
        return [(when, words) for when, words in TEXTS[kind].items() if when <= true]

    def _choose(self, kind: str, on: date) -> str:
        possible = [one for _, words in self._true(kind, on) for one in words]
        return self._chance.choice([one for one in possible if one not in self._written] or possible)

    def _filled(self, words: str, on: date) -> str:
        facts, baby = self.facts, None if self.facts.is_unborn(on) else self.facts.baby
        she, her, own = _HE if facts.parent_is is Relationship.FATHER else _SHE
        they, them, their = _SHE if baby in GIRLS else _HE if baby in BOYS else _THEY
        names = {"baby": baby or "the baby", "parent": facts.parent, "other": facts.other or ""}
        pronouns = {"she": she, "her": her, "own": own, "they": they, "them": them, "their": their}
        weeks = facts.weeks_pregnant(on) if "{weeks}" in words else ""
        helps = self._helping(on) if "{helps}" in words else ""
        return _capitals(words.format(**names, **pronouns, weeks=weeks, helps=helps))

    def _helping(self, on: date) -> str:
        """The same each time, before the birth and after it."""
        is_unborn = self.facts.is_unborn(on)
        if is_unborn not in self._helps:
            self._helps[is_unborn] = self._choose("helping", on)
        return self._helps[is_unborn]


def _capitals(words: str) -> str:
    """Each sentence begins with one."""
    return _BEGINS.sub(lambda found: found[1] + found[2].upper(), words)
