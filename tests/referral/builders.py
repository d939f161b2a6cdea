"""Invented families and people, for tests. Numbers and addresses are of the ranges that belong to nobody."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from services.referral.intake.domain.referral_request import ReferralRequest
from services.referral.people.domain.people import Caregiver, Referrer, Relationship
from services.referral.people.domain.subject import Baby
from services.referral.people.domain.support import Support
from services.referral.support.domain.tier import Opening, TierMove
from services.referral.team.domain.need import NeedLimits
from services.referral.team.domain.opening_hours import OpeningHours
from services.referral.team.domain.reference import default_prefix
from services.referral.team.domain.team import Team
from services.referral.team.domain.wait_clock import DEFAULT_RULES
from shared.contracts.vocabulary import (
    FamilyAgreement,
    Level,
    ReferralReason,
    ReferralRoute,
    Role,
    SourceGroup,
    TierMoveReason,
)
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id

PHONE = "01632 960 001"
NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
"""A Monday."""


def a_team_named(slug: str, **changes: Any) -> Team:
    """As the settings say that nobody has changed."""
    usual = Team(
        slug=slug,
        phone=PHONE,
        prefix=default_prefix(slug),
        wait_rules=DEFAULT_RULES,
        missed_before_task=2,
        need_limits=NeedLimits(),
        hours=OpeningHours(time(9), time(17)),
        alarmed=frozenset(),
        duty_address="",
        mail_server="",
        mail_sender="",
    )
    return replace(usual, **changes)


def an_actor(*roles: Role) -> Actor:
    return Actor(new_id(), frozenset(roles))


def a_request(**changes: Any) -> ReferralRequest:
    """Leonie's health visitor refers her with Shannon, four months old."""
    request = ReferralRequest(
        subject=Baby("Shannon Example", date(2025, 10, 20)),
        caregiver=Caregiver("Leonie Example", Relationship.BIRTH_PARENT, "07700 900123"),
        other_caregiver=Caregiver("Dan Example", Relationship.FATHER),
        referrer=Referrer("Ola Sample", SourceGroup.HEALTH_VISITING, "Blackpool health visiting", "ola@example.org"),
        postcode="FY1 9ZZ",
        nhs_number="9990000018",
        reasons=(ReferralReason.BONDING, ReferralReason.NEONATAL_STAY),
        story="Shannon looks away when Leonie bends over the cot.",
        consent=FamilyAgreement.AGREED,
        in_danger=False,
        route=ReferralRoute.PUBLIC_FORM,
    )
    return replace(request, **changes)


def an_opening(level: Level = Level.TARGETED, **changes: Any) -> Opening:
    return replace(Opening(Support(level), review_on=date(2026, 5, 25)), **changes)


def a_move(to: Support, **changes: Any) -> TierMove:
    move = TierMove(
        to=to,
        effective_from=TODAY,
        reason=TierMoveReason.NEED_INCREASED,
        family_agreement=FamilyAgreement.AGREED,
        review_on=None if to.level is Level.COMMUNITY else date(2026, 5, 25),
        mdt_on=TODAY if to.level is Level.SPECIALIST else None,
    )
    return replace(move, **changes)
