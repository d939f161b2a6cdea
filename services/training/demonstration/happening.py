"""What happens in a demonstration of training: people join, move, leave, are away and are taught."""

from dataclasses import dataclass
from datetime import date, datetime

from services.training.demonstration.joiner import Joins
from services.training.demonstration.taught import Taught
from shared.contracts.consultation_codes import Profession
from shared.contracts.training_codes import ChampionWork


@dataclass(frozen=True)
class Moves:
    employer: int
    profession: Profession
    last_on: date
    """In the post before."""
    from_on: date


@dataclass(frozen=True)
class Leaves:
    last_on: date


@dataclass(frozen=True)
class IsAway:
    from_on: date
    back_on: date | None


@dataclass(frozen=True)
class IsCounted:
    employer: int
    profession: Profession
    as_of: date
    people: int


@dataclass(frozen=True)
class ChampionDid:
    which: int
    """Of those who are one on that day; nobody, while there is none."""
    kind: ChampionWork
    people: int


@dataclass(frozen=True)
class TrainingHappening:
    at: datetime
    about: str
    """Whom or what."""
    action: Joins | Moves | Leaves | IsAway | IsCounted | ChampionDid | Taught

    @property
    def family(self) -> str:
        """One process does all of it in its order: whoever books has joined before."""
        return "everyone"
