"""A course of the strategy: what it is, how long it is, and how long it counts. Source: reference section 6."""

from collections.abc import Sequence
from dataclasses import dataclass

from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Code
from shared.kernel.errors import NotFound


class Competency(Code):
    """A domain of the AiMH UK competency framework; a course has it at the course's own level."""

    D1 = "D1", "Relationship-based practice"
    D2 = "D2", "Typical and atypical development"
    D3 = "D3", "What influences caregiving"
    D4 = "D4", "Assessment of caregiving"
    D5 = "D5", "Supporting caregiving"
    D6 = "D6", "Reflective practice and supervision"
    D7 = "D7", "Legal and professional frameworks"


@dataclass(frozen=True)
class CourseVersion:
    """As it is taught; what was issued by one keeps to it when the next begins."""

    number: int
    days: tuple[int, ...]
    """Minutes of each day, without breaks."""
    refresh_months: int | None
    """None: it never has to be refreshed."""


@dataclass(frozen=True)
class Course:
    code: TrainingCourse
    level: int
    """1 general, 2 advanced, 3 supervises or manages."""
    competencies: tuple[Competency, ...]
    gives: str
    """What somebody takes home, in a sentence for them."""
    versions: Sequence[CourseVersion]
    supervised_cases: int
    """That an accreditation asks for after it; 0: none is needed, and the course alone is what somebody holds."""
    renewal_cases: int
    """That its renewal asks for."""
    keeps_anniversary: bool
    """A refresher within 90 days before the end goes on from that end."""
    source: str

    @property
    def leads_to_accreditation(self) -> bool:
        """Others hear of the accreditation, and not of the taught days."""
        return self.supervised_cases > 0

    @property
    def name(self) -> str:
        return self.code.label

    @property
    def newest(self) -> CourseVersion:
        return self.versions[-1]

    def version(self, number: int) -> CourseVersion:
        """Raises NotFound when it was never taught so."""
        for one in self.versions:
            if one.number == number:
                return one
        raise NotFound("course_version", "This course was never taught in that version. Choose another.")
