"""The sentences that invented practitioners write, put together by chance; all of them are our own."""

import random
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.subject import Baby

_SENTENCES: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8"))

_UNBORN = "the baby"


@dataclass(frozen=True)
class Sentences:
    """Writes about one family.

    Args:
        baby: first name; of a baby who is not born yet, `the baby`.
    """

    chance: random.Random
    baby: str
    parent: str

    @property
    def before_birth(self) -> bool:
        return self.baby == _UNBORN

    @classmethod
    def about(cls, chance: random.Random, request: ReferralRequest) -> "Sentences":
        baby = request.subject.name.split()[0] if isinstance(request.subject, Baby) else _UNBORN
        return cls(chance, baby, request.caregiver.name.split()[0])

    def born(self, name: str) -> "Sentences":
        """About the same family, after the birth."""
        return replace(self, baby=name.split(maxsplit=1)[0])

    def a(self, kind: str) -> str:
        """A sentence of that kind; see `sentences.toml`."""
        words = self.chance.choice(_SENTENCES[kind]).format(baby=self.baby, parent=self.parent)
        return words[:1].upper() + words[1:]

    def some(self, kind: str, count: int) -> list[str]:
        """So many different ones."""
        return self.chance.sample(_SENTENCES[kind], count)
