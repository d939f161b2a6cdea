"""What happens in a demonstration of consultation: one consultation and what came of it, or supervision."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.consultation.consultations.domain.consultation import Talk
from services.consultation.evaluations.domain.evaluation import Answers
from shared.contracts.consultation_codes import ConsultationKind, ConsultationMode
from shared.contracts.vocabulary import AgeBand


@dataclass(frozen=True)
class Logged:
    """Someone asked."""

    held_on: date
    organisation: int
    """Its place among those that were invented, and likewise below."""
    asker: str
    consultant: int
    kind: ConsultationKind
    mode: ConsultationMode
    minutes: int
    people: int
    age_band: AgeBand | None
    talk: Talk
    family: int
    """Which one of those that the team knows, where one is named."""
    could_be_harmed: bool
    is_referred: bool


@dataclass(frozen=True)
class ConcernSettled:
    """Someone says what was done."""

    words: str


@dataclass(frozen=True)
class Evaluated:
    """Whoever asked says by their link whether it helped; None: they do not answer."""

    answers: Answers | None


@dataclass(frozen=True)
class Supervised:
    """A colleague had supervision, or is to have it."""

    supervisee: int
    """Place among those who work in the team, and likewise the supervisor's; None: somebody outside."""
    supervisor: int | None
    starts_at: datetime
    minutes: int


@dataclass(frozen=True)
class Planned:
    """A group or drop-in is put into the diary, and people book."""

    organisation: int
    topic: str
    starts_at: datetime
    names: tuple[str, ...]


@dataclass(frozen=True)
class Met:
    """Its register is ticked, and it is logged."""


@dataclass(frozen=True)
class ConsultationHappening:
    at: datetime
    consultation_id: UUID
    """Of a meeting too, whose consultation has the same; or of a supervision session."""
    action: Logged | ConcernSettled | Evaluated | Planned | Met | Supervised

    @property
    def family(self) -> str:
        """What is done in order, by one process."""
        return str(self.consultation_id)
