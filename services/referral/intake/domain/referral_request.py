"""What someone who refers a family told the team; it is kept as it was told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer, Safeguarding
from services.referral.people.domain.safe_contact import ContactWay, SafeContact, TalkingNeed, may_call
from services.referral.people.domain.subject import Subject
from shared.contracts.pathway_codes import ConsentScope
from shared.contracts.vocabulary import FamilyAgreement, ReferralReason, ReferralRoute, SourceGroup
from shared.kernel.errors import RuleBroken
from shared.kernel.telephone import each_number


@dataclass(frozen=True)
class EarlierReceipt:
    """The family comes from another team, and their wait began there. Source: reference 2.5, transfers."""

    received_on: date
    team: str
    """Its name."""


@dataclass(frozen=True)
class ReferralRequest:
    """What a referrer told us; it is kept as it was told."""

    subject: Subject
    caregiver: Caregiver
    other_caregiver: Caregiver | NoOtherCaregiver
    """A dad or another carer by name, or the answer to the question whether there is one."""
    referrer: Referrer
    postcode: str
    nhs_number: str | None
    """The baby's, ten digits; referrals without one are normal."""
    reasons: tuple[ReferralReason, ...]
    story: str
    """What the referrer has noticed about the baby and the people who care for them."""
    consent: FamilyAgreement | None
    """Whether the family knows of the referral and agrees; None: another system sent it, and did not say."""
    in_danger: bool
    """Someone in the family is in danger now: triage looks at it before all others."""
    route: ReferralRoute
    earlier: EarlierReceipt | None = None
    contact: SafeContact | None = None
    """How the parent or carer can be reached safely; None, and likewise below: it was not asked."""
    talking: TalkingNeed | None = None
    against_will: str | None = None
    """Why a family that does not agree is referred by name all the same."""
    safeguarding: Safeguarding | None = None
    safeguarding_note: str | None = None
    gp: str | None = None
    also_sent: str | None = None
    """What another system sent and no field holds, in words: blocks with a heading, and an empty line between them."""

    @property
    def is_self(self) -> bool:
        """A parent or carer asks for themselves."""
        return self.referrer.source_group is SourceGroup.SELF

    def may_call(self, phone: str) -> bool:
        """Whether a number may be dialled with one press; safe contact is asked of the first parent or carer.

        Another system asks it of nobody in a form that we read: what it says of any of them stands in its words.
        """
        theirs = [self.caregiver.phone, self.referrer.phone if self.is_self else None]
        if self.contact:
            return not each_number([phone]) & each_number(theirs) or may_call(self.contact.in_words)
        other = self.other_caregiver.phone if isinstance(self.other_caregiver, Caregiver) else None
        return not (self.also_sent and each_number([phone]) & each_number([*theirs, other]))

    @property
    def agreed_ways(self) -> Iterator[ConsentScope]:
        """By which they said that they can be reached, of themselves; nobody says it for another."""
        if self.is_self and self.contact:
            if ContactWay.TEXT in self.contact.contact_ways:
                yield ConsentScope.CONTACT_BY_TEXT
            if ContactWay.VOICEMAIL in self.contact.contact_ways:
                yield ConsentScope.CONTACT_BY_VOICEMAIL
            if self.referrer.email:
                yield ConsentScope.CONTACT_BY_EMAIL


def _check_earlier(earlier: EarlierReceipt | None, received_on: date) -> None:
    if earlier is not None and earlier.received_on > received_on:
        raise RuleBroken(
            "earlier_received_on",
            "The other team received the referral before this one did. Check the date.",
            field="earlier_received_on",
        )


def check_request(request: ReferralRequest, received_on: date) -> None:
    """Raises RuleBroken when a reason, or a way to reach the referrer, is missing, or a date cannot be right.

    Another system says both in codes and words of its own.
    """
    _check_earlier(request.earlier, received_on)
    _check_agreement(request)
    if not (request.reasons or request.also_sent):
        raise RuleBroken("reason_missing", "Choose at least one reason.", field="reasons")
    if len(set(request.reasons)) != len(request.reasons):
        raise RuleBroken("reason_twice", "Choose each reason once.", field="reasons")
    referrer = request.referrer
    if not (referrer.phone or referrer.email or request.also_sent):
        raise RuleBroken("referrer_unreachable", "Give a phone number or an email address.", field="phone")


def _check_agreement(request: ReferralRequest) -> None:
    is_public = request.route is ReferralRoute.PUBLIC_FORM
    if is_public and request.consent is FamilyAgreement.DISAGREED and not request.against_will:
        raise RuleBroken(
            "referral_against_will",
            "The family does not agree. Ask for advice without names, or write why someone is not safe otherwise.",
            field="against_will",
        )
