"""Pages on which a practitioner writes what was understood, sets goals and agrees a plan."""

from datetime import date
from typing import Annotated
from uuid import UUID

from services.referral.staff.web.forms.settling import SafetyToForm
from services.referral.support.domain.assessment import AssessmentDetails
from services.referral.support.domain.formulation import Formulation
from services.referral.support.domain.plan import PreferenceMet, StrandDetails
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import MissingMeasure, StrandEnding
from shared.kernel.same_fields import same_fields
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Identifier, Line, OneCode, Text, Version, WholeNumber, YesOrNo
from shared.web.when import When

PAST = "The date must be today or in the past"
INFANT_VOICE = "Write what you saw the baby do"
Rating = Annotated[int, WholeNumber(missing="Enter a number from 0 to 10", most=10)]


SECOND = When("second_intervention")


class AssessmentForm(Form):
    version: Version
    completed_on: Annotated[date, DateParts(missing="Enter the day on which it was complete", future=PAST)]
    story: Annotated[str, Text(longest=20_000, missing="Write what the family told you")]
    strengths: Annotated[str | None, Text(longest=10_000)]
    needs: Annotated[str, Text(longest=20_000, missing="Write what the family needs")]
    feeding: Annotated[str | None, Text(longest=10_000)]
    safety: Annotated[
        str, Text(longest=10_000, missing="Write what you considered about safety, even if there is no worry")
    ]
    infant_voice: Annotated[str, Text(longest=10_000, missing=INFANT_VOICE)]
    without_baseline: Annotated[MissingMeasure | None, OneCode(of=MissingMeasure)]

    @property
    def details(self) -> AssessmentDetails:
        return same_fields(AssessmentDetails, self)


class FormulationForm(Form):
    version: Version
    presenting: Annotated[str, Text(longest=10_000, missing="Write what is hard now")]
    predisposing: Annotated[str | None, Text(longest=10_000)]
    precipitating: Annotated[str | None, Text(longest=10_000)]
    perpetuating: Annotated[str | None, Text(longest=10_000)]
    protective: Annotated[str | None, Text(longest=10_000)]
    infant_voice: Annotated[str, Text(longest=10_000, missing="Write what the baby is telling us")]
    is_shared: Annotated[bool, YesOrNo(missing="Choose no if you have not talked it through with them yet")]

    @property
    def formulation(self) -> Formulation:
        return same_fields(Formulation, self)


class GoalForm(Form):
    words: Annotated[str, Text(longest=500, missing="Write the goal in the family's own words")]
    person_id: Annotated[UUID, Identifier(missing="Choose whose goal it is")]
    set_on: Annotated[date, DateParts(missing="Enter the day", future=PAST)]
    rating: Rating


class RateForm(Form):
    version: Version
    rated_on: Annotated[date, DateParts(missing="Enter the day", future=PAST)]
    rating: Rating


class PlanForm(Form):
    """Room for two interventions; more are added by another plan."""

    version: Version
    agreed_on: Annotated[date, DateParts(missing="Enter the day on which you agreed it", future=PAST)]
    agreed_with: Annotated[str, Line(missing="Write with whom you agreed the plan")]
    preference: Annotated[PreferenceMet, OneCode(of=PreferenceMet, missing="Choose whether it meets what they prefer")]
    intervention: Annotated[Intervention, OneCode(of=Intervention, missing="Choose an intervention")]
    person_id: Annotated[UUID, Identifier(missing="Choose whom it is for")]
    practitioner_id: Annotated[UUID, Identifier(missing="Choose who gives it")]
    planned_sessions: Annotated[int, WholeNumber(missing="Enter how many sessions you plan", least=1, most=100)]
    override_reason: Annotated[str | None, Text(longest=1000)]
    second_intervention: Annotated[Intervention | None, OneCode(of=Intervention)]
    second_person_id: Annotated[
        UUID | None, Identifier(missing="Choose whom the second intervention is for", applies=SECOND)
    ]
    second_practitioner_id: Annotated[
        UUID | None, Identifier(missing="Choose who gives the second intervention", applies=SECOND)
    ]
    second_planned_sessions: Annotated[
        int | None,
        WholeNumber(
            missing="Enter how many sessions of the second intervention you plan", least=1, most=100, applies=SECOND
        ),
    ]
    second_override_reason: Annotated[str | None, Text(longest=1000, applies=SECOND)]

    @property
    def strands(self) -> tuple[StrandDetails, ...]:
        first = same_fields(StrandDetails, self)
        second = (self.second_person_id, self.second_practitioner_id, self.second_planned_sessions)
        if self.second_intervention is None or None in second:
            return (first,)
        person_id, practitioner_id, sessions = second
        assert person_id is not None and practitioner_id is not None and sessions is not None  # noqa: S101, PT018
        more = StrandDetails(
            self.second_intervention, person_id, practitioner_id, sessions, self.second_override_reason or ""
        )
        return (first, more)


class EndStrandForm(SafetyToForm):
    version: Version
    ending: Annotated[StrandEnding, OneCode(of=StrandEnding, missing="Choose how it ended")]
