"""What the page of who is trained can be narrowed to."""

from dataclasses import dataclass

from shared.contracts.training_codes import TrainingCourse
from shared.contracts.vocabulary import Code

SHORT = {
    TrainingCourse.IMH_PIR: "Infant mental health",
    TrainingCourse.INFANT_VOICE: "Baby’s voice",
    TrainingCourse.TRAUMA_SUITE: "Trauma",
    TrainingCourse.REF_SKILLS: "When to refer",
    TrainingCourse.PIF_AWARENESS: "Dads",
}


class LeaveCounted(Code):
    """Everybody counts, against the headcount, unless this is chosen: then those of the register who are not away."""

    WITHOUT = "without", "Without long leave"


@dataclass(frozen=True)
class CoverageFilter:
    course: TrainingCourse = TrainingCourse.IMH_PIR
    other: TrainingCourse | None = None
    leave: LeaveCounted | None = None

    @property
    def of(self) -> TrainingCourse:
        return self.other or self.course
