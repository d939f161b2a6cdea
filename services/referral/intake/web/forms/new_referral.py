"""A referral that someone of the team enters, on one page, while the referrer is on the telephone."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from services.referral.intake.domain.referral_request import EarlierReceipt, ReferralRequest
from services.referral.people.domain.age import check_subject
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer, Relationship
from services.referral.people.domain.subject import Baby, Subject, Unborn
from services.referral.people.web.forms.contact import SafeWaysForm, TalkingForm
from services.referral.people.web.forms.family import OtherCaregiver
from services.referral.people.web.forms.referrer import NO_WAY_TO_ANSWER
from shared.contracts.vocabulary import FamilyAgreement, ReferralReason, ReferralRoute, SourceGroup
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import (
    EmailAddress,
    Line,
    NhsNumber,
    OneCode,
    Postcode,
    SeveralCodes,
    Telephone,
    Text,
    YesOrNo,
)
from shared.web.when import NO, YES, When

_BORN = When("born", YES)
_OTHER = When("other_caregiver", OtherCaregiver.YES)
_TRANSFER = When("is_transfer", YES)


class WhoRefersForm(Form):
    """Who refers, which baby, and whose."""

    looked: Annotated[bool | None, YesOrNo(is_hidden=True)]
    """Whoever enters it has seen the families that may be the same."""
    in_danger: Annotated[bool, YesOrNo(missing="Choose yes if anyone is in immediate danger")]
    source_group: Annotated[SourceGroup, OneCode(of=SourceGroup, missing="Choose who refers")]
    referrer_name: Annotated[str, Line(missing="Enter the referrer's name")]
    organisation: Annotated[str | None, Line()]
    referrer_phone: Annotated[str | None, Telephone()]
    referrer_email: Annotated[str | None, EmailAddress()]
    born: Annotated[bool, YesOrNo(missing="Choose yes if the baby has been born")]
    baby_name: Annotated[str | None, Line(missing="Enter the baby's name", applies=_BORN)]
    born_on: Annotated[
        date | None,
        DateParts(
            missing="Enter the baby's date of birth",
            future="The date of birth must be today or in the past. Check the year.",
            applies=_BORN,
        ),
    ]
    nhs_number: Annotated[str | None, NhsNumber(applies=_BORN)]
    due_on: Annotated[
        date | None,
        DateParts(missing="Enter the due date. If nobody is sure, a best guess will do", applies=When("born", NO)),
    ]
    caregiver_name: Annotated[str, Line(missing="Enter the parent or carer's name")]
    relationship: Annotated[Relationship, OneCode(of=Relationship, missing="Choose how they are related to the baby")]
    caregiver_phone: Annotated[str | None, Telephone()]


class NewReferralForm(TalkingForm, SafeWaysForm, WhoRefersForm):
    """The questions in the order of the page: the bases' first, the last one's before all."""

    other_caregiver: Annotated[
        OtherCaregiver, OneCode(of=OtherCaregiver, missing="Choose whether there is a dad or another carer")
    ]
    other_name: Annotated[str | None, Line(missing="Enter their name", applies=_OTHER)]
    other_relationship: Annotated[
        Relationship | None,
        OneCode(of=Relationship, missing="Choose how they are related to the baby", applies=_OTHER),
    ]
    other_phone: Annotated[str | None, Telephone(applies=_OTHER)]
    postcode: Annotated[str, Postcode(missing="Enter the postcode")]
    reasons: Annotated[frozenset[ReferralReason], SeveralCodes(of=ReferralReason, missing="Choose at least one reason")]
    story: Annotated[str, Text(missing="Write what the referrer has noticed")]
    consent: Annotated[
        FamilyAgreement, OneCode(of=FamilyAgreement, missing="Choose whether the family knows about this referral")
    ]
    is_transfer: Annotated[bool | None, YesOrNo()]
    earlier_team: Annotated[str | None, Line(missing="Enter which team the family comes from", applies=_TRANSFER)]
    earlier_received_on: Annotated[
        date | None,
        DateParts(
            missing="Enter when the other team received the referral first",
            future="The other team received it today or before.",
            applies=_TRANSFER,
        ),
    ]

    def check(self) -> Iterator[tuple[str, str]]:
        if not (self.referrer_phone or self.referrer_email):
            yield "referrer_phone", NO_WAY_TO_ANSWER
        yield from self.check_ways(self._number)
        yield from super().check()

    def check_on(self, today: date) -> None:
        """Raises RuleBroken when a date cannot be right on that day."""
        check_subject(self.subject, today)

    @property
    def subject(self) -> Subject:
        if self.born_on is not None:
            return Baby(self.baby_name or "", self.born_on)
        assert self.due_on is not None  # noqa: S101 - it applies where the baby is not born
        return Unborn(self.due_on)

    def to_request(self) -> ReferralRequest:
        earlier = None
        if self.earlier_received_on and self.earlier_team:
            earlier = EarlierReceipt(self.earlier_received_on, self.earlier_team)
        return ReferralRequest(
            subject=self.subject,
            caregiver=Caregiver(self.caregiver_name, self.relationship, self.caregiver_phone),
            other_caregiver=self._other,
            referrer=Referrer(
                self.referrer_name, self.source_group, self.organisation, self.referrer_email, self.referrer_phone
            ),
            postcode=self.postcode,
            nhs_number=self.nhs_number,
            reasons=tuple(sorted(self.reasons)),
            story=self.story,
            consent=self.consent,
            in_danger=self.in_danger,
            route=ReferralRoute.TRANSFER if earlier else ReferralRoute.STAFF_FORM,
            earlier=earlier,
            contact=self.contact_on(self._number) if self._number or self.not_asked else None,
            talking=self.need,
        )

    @property
    def _number(self) -> str | None:
        """Of the parent or carer; who refers themselves may have given theirs above."""
        own = self.referrer_phone if self.source_group is SourceGroup.SELF else None
        return self.caregiver_phone or own

    @property
    def _other(self) -> Caregiver | NoOtherCaregiver:
        if self.other_name and self.other_relationship:
            return Caregiver(self.other_name, self.other_relationship, self.other_phone)
        return NoOtherCaregiver(self.other_caregiver)
