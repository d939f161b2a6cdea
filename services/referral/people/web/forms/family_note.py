"""Pages about what is noted of a family: dyads, legal status, safety flags, needs, consents, wishes."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

from services.referral.people.domain.access_need import (
    GenderPreference,
    Language,
    MeetingFormat,
    MeetingPlace,
    NeedDetails,
    PreferenceDetails,
)
from services.referral.people.domain.consent import ConsentDetails, ConsentMethod
from services.referral.people.domain.dyad import DyadDetails, Involvement
from services.referral.people.domain.legal_status import CareStatus, StatusDetails
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.person import Known
from services.referral.people.domain.safety_flag import FlagDetails, FlagKind
from shared.contracts.pathway_codes import ConsentScope
from shared.kernel.same_fields import same_fields
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import Identifier, Line, OneCode, Text, Version, YesOrNo


class DyadForm(Form):
    version: Version
    relationship: Annotated[Relationship, OneCode(of=Relationship, missing="Choose what they are to the baby")]
    involvement: Annotated[Involvement, OneCode(of=Involvement, missing="Choose not known if nobody has asked")]
    parental_responsibility: Annotated[Known, OneCode(of=Known, missing="Choose not known if nobody has asked")]
    lives_together: Annotated[Known, OneCode(of=Known, missing="Choose not known if nobody has asked")]
    arrangements: Annotated[str | None, Text(longest=500)]
    is_primary: Annotated[bool, YesOrNo(missing="Choose yes if they look after the baby most")]

    @property
    def details(self) -> DyadDetails:
        return same_fields(DyadDetails, self, contact_note=self.arrangements or "")


class StatusForm(Form):
    version: Version
    status: Annotated[CareStatus, OneCode(of=CareStatus, missing="Choose a legal status, or not looked after")]
    from_on: Annotated[date, DateParts(missing="Enter the day on which it began")]
    local_authority: Annotated[str | None, Line()]
    placement: Annotated[str | None, Line(longest=200)]
    social_worker: Annotated[str | None, Line(longest=200)]
    may_consent: Annotated[str | None, Line(longest=200)]

    @property
    def details(self) -> StatusDetails:
        return same_fields(StatusDetails, self)


class FlagForm(Form):
    kind: Annotated[FlagKind, OneCode(of=FlagKind, missing="Choose what colleagues must know")]
    person_id: Annotated[UUID | None, Identifier()]
    from_on: Annotated[date, DateParts(missing="Enter the day since when it holds")]
    review_on: Annotated[date, DateParts(missing="Enter when someone looks at it again")]
    source: Annotated[str, Line(longest=200, missing="Write who told you, and how")]
    note: Annotated[str | None, Text(longest=2000)]

    @property
    def details(self) -> FlagDetails:
        return same_fields(FlagDetails, self)


class FlagReviewForm(Form):
    version: Version
    holds: Annotated[bool, YesOrNo(missing="Choose yes if it still holds")]
    review_on: Annotated[date | None, DateParts()]
    note: Annotated[str | None, Text(longest=2000)]

    def check(self) -> Iterator[tuple[str, str]]:
        if self.holds and self.review_on is None:
            yield "review_on", "Enter when someone looks at it again"


class NeedForm(Form):
    version: Version
    asked_on: Annotated[date, DateParts(missing="Enter the day on which someone asked")]
    contact_method: Annotated[str | None, Line(longest=200)]
    information_format: Annotated[str | None, Line(longest=200)]
    communication_professional: Annotated[str | None, Line(longest=200)]
    communication_support: Annotated[str | None, Line(longest=200)]
    interpreter_language: Annotated[Language | None, OneCode(of=Language)]
    interpreter_dialect: Annotated[str | None, Line()]
    interpreter_gender: Annotated[GenderPreference | None, OneCode(of=GenderPreference)]
    adjustments: Annotated[str | None, Text(longest=1000)]

    @property
    def details(self) -> NeedDetails:
        return same_fields(NeedDetails, self)


class PreferenceForm(Form):
    version: Version
    venue: Annotated[MeetingPlace | None, OneCode(of=MeetingPlace)]
    format: Annotated[MeetingFormat | None, OneCode(of=MeetingFormat)]
    practitioner_gender: Annotated[GenderPreference | None, OneCode(of=GenderPreference)]
    times: Annotated[str | None, Line(longest=200)]
    network: Annotated[str | None, Text(longest=2000)]

    @property
    def details(self) -> PreferenceDetails:
        return same_fields(PreferenceDetails, self)


class ConsentForm(Form):
    person_id: Annotated[UUID, Identifier(missing="Choose whom it is about")]
    given_by: Annotated[UUID, Identifier(missing="Choose who agreed")]
    scope: Annotated[ConsentScope, OneCode(of=ConsentScope, missing="Choose what they agreed to")]
    method: Annotated[ConsentMethod, OneCode(of=ConsentMethod, missing="Choose how they told you")]
    given_on: Annotated[date, DateParts(missing="Enter the day", future="The day must be today or in the past")]
    note: Annotated[str | None, Text(longest=1000)]

    @property
    def details(self) -> ConsentDetails:
        return same_fields(ConsentDetails, self)


class WithdrawConsentForm(Form):
    version: Version
