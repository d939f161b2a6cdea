"""What support a family gets at one time. Source: reference 2.4."""

from dataclasses import dataclass

from shared.contracts.tier import tier_of
from shared.contracts.vocabulary import Level, Tier


@dataclass(frozen=True)
class Support:
    """What a family gets at one time."""

    level: Level
    risk_support: bool = False
    direct_work: bool = True

    @property
    def tier(self) -> Tier:
        return tier_of(self.level, risk_support=self.risk_support, direct_work=self.direct_work)

    def in_words(self) -> str:
        """`Targeted: getting help, with risk support, without direct work`."""
        risk = ", with risk support" if self.risk_support else ""
        without = "" if self.direct_work or self.level is Level.COMMUNITY else ", without direct work"
        return f"{self.level.label}{risk}{without}"
