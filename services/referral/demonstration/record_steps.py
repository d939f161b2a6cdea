"""What is kept about a family besides the work itself, and letters: steps without ids, as in `steps.py`."""

from dataclasses import dataclass
from datetime import date

from services.referral.letters.domain.letter_kind import LetterKind
from services.referral.people.domain.restriction import RestrictionReason
from services.referral.people.domain.safety_flag import FlagKind
from services.referral.support.domain.ending import HandOverDetails
from shared.contracts.pathway_codes import ConsentScope, PauseReason, PregnancyOutcome


@dataclass(frozen=True)
class DetailsKnown:
    """Of the first parent or carer."""

    street: str
    gp_practice: str


@dataclass(frozen=True)
class BabyNamed:
    """The first baby, who has no name in the record yet."""

    name: str


@dataclass(frozen=True)
class FlagAdded:
    kind: FlagKind
    source: str
    note: str
    review_on: date


@dataclass(frozen=True)
class FlagReviewed:
    """The one that was added last."""

    note: str
    review_on: date | None
    """None: it ends."""


@dataclass(frozen=True)
class ConsentWithdrawn:
    """The one of that kind that the first parent or carer gave."""

    scope: ConsentScope


@dataclass(frozen=True)
class Restricted:
    """To the team lead and whoever leads the work."""

    reason: RestrictionReason
    note: str


@dataclass(frozen=True)
class PregnancyLost:
    outcome: PregnancyOutcome
    ended_on: date


@dataclass(frozen=True)
class Paused:
    reason: PauseReason
    note: str


@dataclass(frozen=True)
class Resumed:
    """The pause is over."""


@dataclass(frozen=True)
class HandOverPlanned:
    details: HandOverDetails


@dataclass(frozen=True)
class LetterWritten:
    """To the first parent or carer, the GP or the referrer, as the kind has it."""

    kind: LetterKind
    gap: str = ""
    """What stands where a fact is not known; empty: it stays a draft."""


@dataclass(frozen=True)
class SessionPutRight:
    """The last session was entered wrongly."""

    minutes: int
    days_earlier: int = 0


@dataclass(frozen=True)
class AssessmentPutRight:
    """A measure from the start has come since: it says so now."""


@dataclass(frozen=True)
class WorkGoesOn:
    """The discharge was a mistake."""

    reason: str


RecordStep = (
    DetailsKnown
    | SessionPutRight
    | AssessmentPutRight
    | WorkGoesOn
    | BabyNamed
    | FlagAdded
    | FlagReviewed
    | ConsentWithdrawn
    | Restricted
    | PregnancyLost
    | Paused
    | Resumed
    | HandOverPlanned
    | LetterWritten
)
