"""What happens around courses in a demonstration: dates are set, people book, come, say how it was, are accredited."""

from dataclasses import dataclass
from datetime import date

from services.training.confidence.domain.questionnaire import Moment
from services.training.demonstration.joiner import Joins
from shared.contracts.training_codes import TrainingCourse


@dataclass(frozen=True)
class CohortName:
    course: TrainingCourse
    starts_on: date


@dataclass(frozen=True)
class Plans:
    cohort: CohortName
    capacity: int
    is_online: bool


@dataclass(frozen=True)
class Books:
    cohort: CohortName
    who: Joins


@dataclass(frozen=True)
class Answers:
    cohort: CohortName
    who: Joins
    moment: Moment
    points: tuple[int, ...]


@dataclass(frozen=True)
class Holds:
    """A day is held, and its register closed; whoever is not named did not come."""

    cohort: CohortName
    day: int
    here: tuple[Joins, ...]


@dataclass(frozen=True)
class WorksOnCase:
    """After the course somebody has worked on a case, and asks the trainer to sign it off."""

    cohort: CohortName
    who: Joins
    number: int
    from_on: date
    last_on: date


@dataclass(frozen=True)
class SignsOff:
    cohort: CohortName
    who: Joins
    number: int


@dataclass(frozen=True)
class Grants:
    cohort: CohortName
    who: Joins


Taught = Plans | Books | Answers | Holds | WorksOnCase | SignsOff | Grants
"""Any of them."""
