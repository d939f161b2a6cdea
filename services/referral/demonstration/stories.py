"""Families with a story that can be told: Leonie and Shannon, Olivia, twins of whom one is in care, and a
dad alone with his baby (reference 1.8 and 11).

They are invented after the strategy's case stories. Days are counted back from the end of the history.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from services.referral.demonstration.other_stories import other_stories
from services.referral.demonstration.story import Story
from services.referral.demonstration.story_work import (
    alma_and_bruno,
    danny_and_theo,
    leonie_and_shannon,
    olivia,
)
from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.people import Caregiver, NoOtherCaregiver, Referrer, Relationship
from services.referral.people.domain.subject import Baby, Unborn
from services.referral.people.domain.support import Support
from shared.contracts.vocabulary import FamilyAgreement, Level, ReferralReason, ReferralRoute, SourceGroup, Urgency


def stories(until: date) -> Iterator[Story]:
    """In the order in which they begin."""
    yield _leonie_and_shannon(until)
    yield _alma_and_bruno(until)
    yield _olivia(until)
    yield _danny_and_theo(until)
    yield from other_stories(until)


def _leonie_and_shannon(until: date) -> Story:
    days_ago = 410
    received_on = until - timedelta(days_ago)
    return Story(
        name="leonie-and-shannon",
        days_ago=days_ago,
        request=ReferralRequest(
            subject=Baby("Shannon Example", received_on - timedelta(24)),
            caregiver=Caregiver("Leonie Example", Relationship.BIRTH_PARENT, "07700 900101"),
            other_caregiver=Caregiver("Dan Example", Relationship.FATHER),
            referrer=Referrer(
                "Ola Sample",
                SourceGroup.NEONATAL,
                "Neonatal unit",
                email="ola.sample@example.org",
                phone="07700 900102",
            ),
            postcode="FY1 9ZZ",
            nhs_number="9990000018",
            reasons=(ReferralReason.NEONATAL_STAY, ReferralReason.BIRTH_TRAUMA, ReferralReason.OWN_CHILDHOOD),
            story=(
                "Shannon was born at 29 weeks in an emergency and is still with us. Leonie comes seldom, and sits a "
                "little away from the cot. She told a nurse that she is afraid of getting used to a baby who may die. "
                "Dan has had his two weeks of leave. When Leonie hums, Shannon turns her head towards her."
            ),
            consent=FamilyAgreement.AGREED,
            in_danger=False,
            route=ReferralRoute.FHIR,
        ),
        accepted_after=1,
        urgency=Urgency.URGENT,
        support=Support(Level.SPECIALIST),
        work=leonie_and_shannon,
        moods=(18, 7),
        days=302,
    )


def _olivia(until: date) -> Story:
    days_ago = 150
    return Story(
        name="olivia",
        days_ago=days_ago,
        request=ReferralRequest(
            subject=Unborn(until - timedelta(days_ago) + timedelta(126)),
            caregiver=Caregiver("Olivia Example", Relationship.BIRTH_PARENT, "07700 900103"),
            other_caregiver=NoOtherCaregiver.NOT_KNOWN,
            referrer=Referrer(
                "Ruth Sample",
                SourceGroup.MATERNITY,
                "Blackpool community midwives",
                email="ruth.sample@example.org",
                phone="07700 900104",
            ),
            postcode="FY4 9ZZ",
            nhs_number=None,
            reasons=(ReferralReason.OWN_CHILDHOOD, ReferralReason.LOSS),
            story=(
                "Olivia is 16, looked after herself, and expects a baby. She missed three appointments and told me "
                "that she is afraid of being judged. She kept the scan picture, and asked whether a baby can hear."
            ),
            consent=FamilyAgreement.AGREED,
            in_danger=False,
            route=ReferralRoute.PUBLIC_FORM,
        ),
        accepted_after=2,
        urgency=Urgency.ROUTINE,
        support=Support(Level.TARGETED),
        work=olivia,
        birth=Baby("Robin Example", until - timedelta(24)),
    )


def _danny_and_theo(until: date) -> Story:
    days_ago = 75
    return Story(
        name="danny-and-theo",
        days_ago=days_ago,
        request=ReferralRequest(
            subject=Baby("Theo Example", until - timedelta(days_ago) - timedelta(133)),
            caregiver=Caregiver("Danny Example", Relationship.FATHER, "07700 900105"),
            other_caregiver=NoOtherCaregiver.NONE,
            referrer=Referrer("Danny Example", SourceGroup.SELF, phone="07700 900105"),
            postcode="FY2 9ZZ",
            nhs_number="9990000026",
            reasons=(ReferralReason.DAD_BONDING, ReferralReason.LOSS),
            story=(
                "It is just Theo and me since his mother died. I can do bottles and baths. At night he looks at the "
                "door and I think he waits for her. I do not know how to be the one he looks for."
            ),
            consent=FamilyAgreement.AGREED,
            in_danger=False,
            route=ReferralRoute.PUBLIC_FORM,
        ),
        accepted_after=1,
        urgency=Urgency.ROUTINE,
        support=Support(Level.TARGETED),
        work=danny_and_theo,
        moods=(14, 10),
    )


def _alma_and_bruno(until: date) -> Story:
    days_ago = 200
    return Story(
        name="alma-and-bruno",
        days_ago=days_ago,
        request=ReferralRequest(
            subject=Baby("Alma Example", until - timedelta(days_ago) - timedelta(40)),
            caregiver=Caregiver("Kezia Example", Relationship.BIRTH_PARENT, "07700 900106"),
            other_caregiver=NoOtherCaregiver.UNSAFE,
            referrer=Referrer(
                "Ines Sample",
                SourceGroup.SOCIAL_CARE,
                "Blackpool early help",
                email="ines.sample@example.org",
                phone="07700 900107",
            ),
            postcode="FY3 9ZZ",
            nhs_number="9990000034",
            reasons=(ReferralReason.BONDING, ReferralReason.CARE_TRANSITION),
            story=(
                "Alma is at home with Kezia. Her twin brother Bruno needed an operation and then came to foster "
                "carers; Kezia sees him three times a week. She says that she counts her babies all night."
            ),
            consent=FamilyAgreement.AGREED,
            in_danger=False,
            route=ReferralRoute.PUBLIC_FORM,
        ),
        accepted_after=2,
        urgency=Urgency.ROUTINE,
        support=Support(Level.SPECIALIST),
        work=alma_and_bruno,
        lead=2,
        moods=(15, 10),
    )
