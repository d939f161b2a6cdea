"""Invented families, and the requests with which they are referred. The same seed gives the same families.

How often each thing occurs is in reference 11. NHS numbers begin with 999, phones are 07700 900xxx, addresses are at
example.org and postcodes end in 9ZZ: all of them belong to nobody.
"""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

from services.referral.demonstration.words import (
    BABIES,
    DADS,
    GROWN_UPS,
    NOTICED,
    ORGANISATIONS,
    STAFF,
    SURNAMES,
    WHEN_UNBORN,
)
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer, Relationship
from services.referral.people.domain.subject import Baby, Subject, Unborn
from shared.contracts.slug import locality_name
from shared.contracts.vocabulary import AgeBand, FamilyAgreement, ReferralReason, ReferralRoute, SourceGroup
from shared.kernel.nhs_number import check_digit

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

_OUTWARD = {"blackpool": "FY", "lancaster": "LA"}

T = TypeVar("T")


def weighted(chance: random.Random, weights: Mapping[T, int]) -> T:
    """One of the keys, as often as its weight says."""
    return chance.choices(list(weights), list(weights.values()))[0]


class InventedFamilies:
    """Makes one family after the other.

    Args:
        chance: where all choices come from.
        team: slug; the place is in the names of organisations and in postcodes.
    """

    def __init__(self, chance: random.Random, team: str) -> None:
        self._chance = chance
        self._place = locality_name(team)
        self._outward = _OUTWARD.get(team, "FY")

    def request(self, received_on: date, *, source: SourceGroup | None = None) -> ReferralRequest:
        """What somebody writes about a family on that day.

        Args:
            source: who refers; by chance if it is not given.
        """
        chance, surname = self._chance, self._chance.choice(SURNAMES)
        source = source or weighted(chance, SOURCES)
        subject = self._subject(received_on, source, surname)
        reasons = self._reasons(source, is_born=isinstance(subject, Baby))
        caregiver = self._caregiver(reasons, surname)
        return ReferralRequest(
            subject=subject,
            caregiver=caregiver,
            other_caregiver=self._other_caregiver(caregiver, surname),
            referrer=self._referrer(source, caregiver),
            postcode=f"{self._outward}{chance.randint(1, 4)} 9ZZ",
            nhs_number=self.nhs_number() if isinstance(subject, Baby) and chance.random() < 0.8 else None,
            reasons=reasons,
            story=self._story(reasons, subject, caregiver),
            consent=FamilyAgreement.AGREED if source is SourceGroup.SELF else weighted(chance, _CONSENT),
            in_danger=chance.random() < 0.015,
            route=(
                ReferralRoute.FHIR if source in _BY_MESSAGE and chance.random() < 0.3 else ReferralRoute.PUBLIC_FORM
            ),
        )

    def nhs_number(self) -> str:
        """A number of the range that is never given to anybody, with its right check digit."""
        while True:
            nine = f"999{self._chance.randrange(1_000_000):06d}"
            if (tenth := check_digit(nine)) is not None and len(set(nine)) > 1:
                return f"{nine}{tenth}"

    def phone(self) -> str:
        """A number of the range that is kept free for drama."""
        return f"07700 900{self._chance.randrange(1000):03d}"

    def _subject(self, received_on: date, source: SourceGroup, surname: str) -> Subject:
        band = weighted(self._chance, AGE_BANDS)
        if source is SourceGroup.NEONATAL:
            band = AgeBand.MONTHS_0_2
        if band is AgeBand.UNBORN:
            return Unborn(received_on + timedelta(self._chance.randint(14, 170)))
        days = self._chance.randint(*_DAYS_OLD[band])
        return Baby(f"{self._chance.choice(BABIES)} {surname}", received_on - timedelta(days))

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

    def _caregiver(self, reasons: tuple[ReferralReason, ...], surname: str) -> Caregiver:
        relationship = weighted(self._chance, _CARERS)
        if ReferralReason.CARE_TRANSITION in reasons:
            relationship = self._chance.choice((Relationship.KINSHIP, Relationship.FOSTER, Relationship.ADOPTIVE))
        if ReferralReason.DAD_BONDING in reasons and self._chance.random() < 0.5:
            relationship = Relationship.FATHER
        names = DADS if relationship is Relationship.FATHER else GROWN_UPS
        own = surname if relationship is not Relationship.FOSTER else self._chance.choice(SURNAMES)
        return Caregiver(f"{self._chance.choice(names)} {own}", relationship, self.phone())

    def _other_caregiver(self, caregiver: Caregiver, surname: str) -> Caregiver | NoOtherCaregiver:
        if self._chance.random() >= 0.68:
            return weighted(self._chance, _NO_OTHER)
        if caregiver.relationship is Relationship.BIRTH_PARENT and self._chance.random() < 0.95:
            own = surname if self._chance.random() < 0.7 else self._chance.choice(SURNAMES)
            return Caregiver(f"{self._chance.choice(DADS)} {own}", Relationship.FATHER)
        return Caregiver(f"{self._chance.choice(GROWN_UPS)} {surname}", Relationship.PARENT)

    def _referrer(self, source: SourceGroup, caregiver: Caregiver) -> Referrer:
        if source is SourceGroup.SELF:
            return Referrer(caregiver.name, source, phone=caregiver.phone)
        name, organisation = self._chance.choice(STAFF), ORGANISATIONS[source]
        return Referrer(
            name,
            source,
            organisation=organisation.format(place=self._place) if organisation else None,
            email=f"{name.lower().replace(' ', '.')}@example.org",
            phone=self.phone() if self._chance.random() < 0.5 else None,
        )

    def _story(self, reasons: tuple[ReferralReason, ...], subject: Subject, caregiver: Caregiver) -> str:
        parent = caregiver.name.split()[0]
        if isinstance(subject, Unborn):
            return WHEN_UNBORN.format(parent=parent)
        baby = subject.name.split()[0]
        sentences = [self._chance.choice(NOTICED[reason]) for reason in reasons]
        return " ".join(sentence.format(parent=parent, baby=baby) for sentence in sentences)
