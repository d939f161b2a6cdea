"""Invented families, and the requests with which they are referred. The same seed gives the same families.

How often each thing occurs is in reference 11. NHS numbers begin with 999, email addresses are at example.org, and
what `register.py` gives out belongs to nobody.
"""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from services.referral.demonstration.facts import Facts
from services.referral.demonstration.register import FamilyRegister, phone_of
from services.referral.demonstration.sentences import Sentences
from services.referral.demonstration.words import BABIES, DADS, GROWN_UPS, ORGANISATIONS, STAFF, SURNAMES
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer, Relationship
from services.referral.people.domain.safe_contact import (
    ContactWay,
    InterpreterNeed,
    SafeContact,
    TalkingNeed,
    WhenAnswered,
)
from services.referral.people.domain.subject import Baby, Subject, Unborn
from shared.contracts.slug import locality_name
from shared.contracts.vocabulary import AgeBand, FamilyAgreement, ReferralReason, ReferralRoute, SourceGroup

SOURCES = {
    SourceGroup.HEALTH_VISITING: 34,
    SourceGroup.MATERNITY: 14,
    SourceGroup.PERINATAL_MENTAL_HEALTH: 10,
    SourceGroup.SOCIAL_CARE: 10,
    SourceGroup.FAMILY_HUB: 9,
    SourceGroup.NEONATAL: 8,
    SourceGroup.PRIMARY_CARE: 6,
    SourceGroup.SELF: 5,
    SourceGroup.OTHER: 4,
}

REASONS = {
    ReferralReason.BONDING: 26,
    ReferralReason.PARENT_MENTAL_HEALTH: 20,
    ReferralReason.BIRTH_TRAUMA: 12,
    ReferralReason.OWN_CHILDHOOD: 10,
    ReferralReason.NEONATAL_STAY: 8,
    ReferralReason.CRYING_SLEEP_FEEDING: 8,
    ReferralReason.ATTUNEMENT: 7,
    ReferralReason.LOSS: 4,
    ReferralReason.CARE_TRANSITION: 3,
    ReferralReason.DAD_BONDING: 2,
}

AGE_BANDS = {
    AgeBand.UNBORN: 22,
    AgeBand.MONTHS_0_2: 24,
    AgeBand.MONTHS_3_5: 18,
    AgeBand.MONTHS_6_11: 18,
    AgeBand.MONTHS_12_23: 13,
    AgeBand.MONTHS_24_59: 5,
}

_DAYS_OLD = {
    AgeBand.MONTHS_0_2: (3, 85),
    AgeBand.MONTHS_3_5: (95, 175),
    AgeBand.MONTHS_6_11: (187, 358),
    AgeBand.MONTHS_12_23: (370, 720),
    AgeBand.MONTHS_24_59: (740, 1700),
}

_NEEDS_A_BORN_BABY = frozenset(
    {
        ReferralReason.BIRTH_TRAUMA,
        ReferralReason.NEONATAL_STAY,
        ReferralReason.CRYING_SLEEP_FEEDING,
        ReferralReason.ATTUNEMENT,
        ReferralReason.DAD_BONDING,
        ReferralReason.CARE_TRANSITION,
    }
)

_CARERS = {
    Relationship.BIRTH_PARENT: 90,
    Relationship.FATHER: 4,
    Relationship.KINSHIP: 3,
    Relationship.FOSTER: 2,
    Relationship.ADOPTIVE: 1,
}

_NO_OTHER = {
    NoOtherCaregiver.NONE: 18,
    NoOtherCaregiver.NOT_KNOWN: 8,
    NoOtherCaregiver.UNSAFE: 3,
    NoOtherCaregiver.NOT_ASKED: 3,
}

_CONSENT = {FamilyAgreement.AGREED: 93, FamilyAgreement.NOT_YET_TOLD: 6, FamilyAgreement.UNSAFE_TO_TELL: 1}

_BY_MESSAGE = frozenset(
    {SourceGroup.HEALTH_VISITING, SourceGroup.MATERNITY, SourceGroup.NEONATAL, SourceGroup.PRIMARY_CARE}
)
"""Sources whose own system can send a referral."""

_FOR_ANY_CARER = (
    ReferralReason.CARE_TRANSITION,
    ReferralReason.BONDING,
    ReferralReason.ATTUNEMENT,
    ReferralReason.CRYING_SLEEP_FEEDING,
)
"""The other reasons are about a parent's own story."""

_SPEAK = {
    ("Agnieszka", "Katarzyna", "Magda"): "Polish",
    ("Elena", "Andreea", "Mihaela"): "Romanian",
    ("Shirin", "Leyla"): "Kurdish",
}
_NEEDS_INTERPRETER = 0.4
_OTHER_HAS_PHONE = 0.4
_CALL_ONLY = 0.15

T = TypeVar("T")


def weighted(chance: random.Random, weights: Mapping[T, int]) -> T:
    """One of the keys, as often as its weight says."""
    return chance.choices(list(weights), list(weights.values()))[0]


class InventedFamilies:
    """Makes one family after the other.

    Args:
        chance: where all choices come from.
        team: slug; the place is in the names of organisations.
        register: gives out what belongs to one family only.
    """

    def __init__(self, chance: random.Random, team: str, register: FamilyRegister) -> None:
        self._chance = chance
        self._place = locality_name(team)
        self._register = register

    def request(
        self, received_on: date, *, source: SourceGroup | None = None, in_danger: bool | None = None
    ) -> ReferralRequest:
        """What someone writes about a family on that day.

        Args:
            source: who refers; by chance if it is not given, and so is `in_danger`.
        """
        chance, surname = self._chance, self._chance.choice(SURNAMES)
        source = source or weighted(chance, SOURCES)
        subject = self._subject(received_on, source, surname)
        reasons = self._reasons(source, is_born=isinstance(subject, Baby))
        caregiver = self._caregiver(reasons, subject, surname)
        reasons = _fitting(reasons, caregiver)
        request = ReferralRequest(
            subject=subject,
            caregiver=caregiver,
            other_caregiver=self._other_caregiver(reasons, caregiver, surname),
            referrer=self._referrer(source, caregiver),
            postcode=self._register.postcode(),
            nhs_number=(
                self._register.nhs_number(chance) if isinstance(subject, Baby) and chance.random() < 0.8 else None
            ),
            reasons=reasons,
            story="",
            consent=FamilyAgreement.AGREED if source is SourceGroup.SELF else weighted(chance, _CONSENT),
            in_danger=chance.random() < 0.015 if in_danger is None else in_danger,
            route=(
                ReferralRoute.FHIR if source in _BY_MESSAGE and chance.random() < 0.3 else ReferralRoute.PUBLIC_FORM
            ),
        )
        if request.route is ReferralRoute.PUBLIC_FORM:
            request = replace(request, contact=self._contact(), talking=self._talking(caregiver))
        return replace(request, story=self.story(request, received_on))

    def story(self, request: ReferralRequest, on: date) -> str:
        """What the referrer has noticed; in their own words if they refer themselves."""
        write = Sentences(self._chance, Facts.of(request))
        return write.a("own_words", on) if request.is_self else write.referral(on)

    def _contact(self) -> SafeContact:
        ways = {ContactWay.CALL} if self._chance.random() < _CALL_ONLY else {ContactWay.CALL, ContactWay.TEXT}
        return SafeContact(frozenset(ways), self._chance.choice(list(WhenAnswered)))

    def _talking(self, caregiver: Caregiver) -> TalkingNeed:
        first = caregiver.name.split()[0]
        language = next((language for names, language in _SPEAK.items() if first in names), None)
        if language is None or self._chance.random() >= _NEEDS_INTERPRETER:
            return TalkingNeed(InterpreterNeed.NO)
        return TalkingNeed(InterpreterNeed.YES, language)

    def _subject(self, received_on: date, source: SourceGroup, surname: str) -> Subject:
        band = weighted(self._chance, AGE_BANDS)
        if source is SourceGroup.NEONATAL:
            band = AgeBand.MONTHS_0_2
        if band is AgeBand.UNBORN:
            return Unborn(received_on + timedelta(self._chance.randint(14, 170)))
        days = self._chance.randint(*_DAYS_OLD[band])
        return Baby(self._register.name(self._chance, BABIES, surname), received_on - timedelta(days))

    def _reasons(self, source: SourceGroup, *, is_born: bool) -> tuple[ReferralReason, ...]:
        fitting = {reason: often for reason, often in REASONS.items() if is_born or reason not in _NEEDS_A_BORN_BABY}
        first = weighted(self._chance, fitting)
        if source is SourceGroup.NEONATAL and self._chance.random() < 0.7:
            first = ReferralReason.NEONATAL_STAY
        reasons = [first]
        for likely in (0.45, 0.1):
            more = weighted(self._chance, fitting)
            if self._chance.random() < likely and more not in reasons:
                reasons.append(more)
        return tuple(reasons)

    def _caregiver(self, reasons: tuple[ReferralReason, ...], subject: Subject, surname: str) -> Caregiver:
        relationship = weighted(self._chance, _CARERS)
        if ReferralReason.CARE_TRANSITION in reasons:
            relationship = self._chance.choice((Relationship.KINSHIP, Relationship.FOSTER, Relationship.ADOPTIVE))
        if reasons[0] is ReferralReason.DAD_BONDING:
            relationship = self._chance.choice((Relationship.FATHER, Relationship.BIRTH_PARENT))
        if isinstance(subject, Unborn) or ReferralReason.BIRTH_TRAUMA in reasons:
            relationship = Relationship.BIRTH_PARENT
        names = DADS if relationship is Relationship.FATHER else GROWN_UPS
        own = surname if relationship is not Relationship.FOSTER else self._chance.choice(SURNAMES)
        return Caregiver(self._register.name(self._chance, names, own), relationship, self._register.phone())

    def _other_caregiver(
        self, reasons: tuple[ReferralReason, ...], caregiver: Caregiver, surname: str
    ) -> Caregiver | NoOtherCaregiver:
        is_mother = caregiver.relationship is Relationship.BIRTH_PARENT
        needs_dad = is_mother and reasons[0] is ReferralReason.DAD_BONDING
        if not needs_dad and self._chance.random() >= 0.68:
            return weighted(self._chance, _NO_OTHER)
        phone = self._register.phone() if self._chance.random() < _OTHER_HAS_PHONE else None
        if needs_dad or (is_mother and self._chance.random() < 0.95):
            own = surname if self._chance.random() < 0.7 else self._chance.choice(SURNAMES)
            return Caregiver(self._register.name(self._chance, DADS, own), Relationship.FATHER, phone)
        return Caregiver(self._register.name(self._chance, GROWN_UPS, surname), Relationship.PARENT, phone)

    def _referrer(self, source: SourceGroup, caregiver: Caregiver) -> Referrer:
        if source is SourceGroup.SELF:
            return Referrer(caregiver.name, source, phone=caregiver.phone)
        name, organisation = self._chance.choice(STAFF), ORGANISATIONS[source]
        return Referrer(
            name,
            source,
            organisation=organisation.format(place=self._place) if organisation else None,
            email=f"{name.lower().replace(' ', '.')}@example.org",
            phone=phone_of(name) if self._chance.random() < 0.5 else None,
        )


def _fitting(reasons: tuple[ReferralReason, ...], caregiver: Caregiver) -> tuple[ReferralReason, ...]:
    if caregiver.relationship in (Relationship.BIRTH_PARENT, Relationship.FATHER):
        return tuple(one for one in reasons if one is not ReferralReason.CARE_TRANSITION) or (ReferralReason.BONDING,)
    return tuple(one for one in reasons if one in _FOR_ANY_CARER) or (ReferralReason.CARE_TRANSITION,)
