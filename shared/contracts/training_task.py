"""Events of training's tasks: what somebody of the team must answer, for the team's own services."""

from typing import ClassVar
from uuid import UUID

from shared.contracts.event import KeptInTheTeam
from shared.contracts.vocabulary import Code


class TrainingTask(Code):
    SIGN_OFF = "sign_off", "A supervised case to sign off"
    CAME_BACK = "came_back", "A supervised case came back"
    GRANT = "grant", "An accreditation to grant"
    REGISTER = "register", "A register to close"
    UNTAUGHT = "untaught", "An accreditation without its taught days"


class TrainingTaskRaised(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.training.task_raised.v1"

    task_id: UUID
    subject_id: UUID
    """A person of the register, or a cohort."""
    kind: TrainingTask


class TrainingTaskAnswered(KeptInTheTeam):
    type: ClassVar[str] = "uk.pairs.training.task_answered.v1"

    task_id: UUID
    subject_id: UUID
    kind: TrainingTask
