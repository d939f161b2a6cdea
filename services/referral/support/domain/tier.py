"""Which changes of support are allowed, by whom and on what evidence. Source: reference 2.4.

A family's support is a level and two flags beside it: risk support, which is not a step above specialist, and direct
work, which a family in risk support can still have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from services.referral.people.domain.support import Support
from services.referral.staff.domain.capabilities import CAPABILITIES, DECIDE_SUPPORT, LEAD_SUPPORT, RECORD_SUPPORT
from shared.contracts.vocabulary import FamilyAgreement, Level, Role, Tier, TierMoveReason
from shared.kernel.capability import Capability
from shared.kernel.errors import RuleBroken

LONGEST_REVIEW_DAYS = 366


@dataclass(frozen=True)
class Opening:
    """The support that work with a family begins with."""

    support: Support
    review_on: date
    mdt_on: date | None = None
    """When the multidisciplinary team discussed it; specialist support needs one."""


@dataclass(frozen=True)
class TierMove:
    """A practitioner's decision to change a family's support."""

    to: Support
    effective_from: date
    reason: TierMoveReason
    family_agreement: FamilyAgreement
    review_on: date | None
    """None only when support ends."""
    mdt_on: date | None = None
    note: str = ""
    """Why, in the practitioner's own words; stays in the team."""


@dataclass(frozen=True)
class TierRule:
    """Who decides on a step between two levels, and whether the multidisciplinary team must have discussed it."""

    needs: Capability
    needs_mdt: bool = False


LEAD = TierRule(LEAD_SUPPORT)
LEAD_AND_MDT = TierRule(LEAD_SUPPORT, needs_mdt=True)
PRACTITIONER = TierRule(DECIDE_SUPPORT)
PRACTITIONER_AND_MDT = TierRule(DECIDE_SUPPORT, needs_mdt=True)

OPENING_RULES: Mapping[Level, TierRule] = {
    Level.UNIVERSAL: PRACTITIONER,
    Level.TARGETED: PRACTITIONER,
    Level.SPECIALIST: PRACTITIONER_AND_MDT,
}
"""No record is opened for a family at community level."""

TIER_RULES: Mapping[tuple[Level, Level], TierRule] = {
    (Level.COMMUNITY, Level.UNIVERSAL): PRACTITIONER,
    (Level.COMMUNITY, Level.TARGETED): PRACTITIONER,
    (Level.COMMUNITY, Level.SPECIALIST): PRACTITIONER_AND_MDT,
    (Level.UNIVERSAL, Level.COMMUNITY): LEAD,
    (Level.UNIVERSAL, Level.TARGETED): PRACTITIONER,
    (Level.UNIVERSAL, Level.SPECIALIST): LEAD_AND_MDT,
    (Level.TARGETED, Level.COMMUNITY): LEAD,
    (Level.TARGETED, Level.UNIVERSAL): LEAD,
    (Level.TARGETED, Level.SPECIALIST): LEAD_AND_MDT,
    (Level.SPECIALIST, Level.UNIVERSAL): LEAD,
    (Level.SPECIALIST, Level.TARGETED): LEAD,
}
"""A pair that is absent is no move: specialist support never ends in one step."""


def ends_support(support: Support) -> Capability:
    """What someone must hold to end the work: as for a step down from there, or out of risk support."""
    needs_lead = support.level is Level.SPECIALIST or support.risk_support
    return LEAD_SUPPORT if needs_lead else RECORD_SUPPORT


def check_opening(opening: Opening, roles: frozenset[Role], today: date) -> None:
    """Raise the first reason why work cannot begin with this support; return nothing when it can."""
    rule = OPENING_RULES.get(opening.support.level)
    if rule is None:
        raise RuleBroken(
            "opening_community",
            "A family at community level has no record with this team. Choose another level, or close the referral.",
            field="level",
        )
    _check_rule(rule, roles, opening.mdt_on)
    _check_mdt(opening.mdt_on, today)
    _check_review(opening.review_on, today)


def check_tier_move(current: Support, move: TierMove, roles: frozenset[Role], not_before: date, today: date) -> None:
    """Raise the first reason why this move cannot be made; return nothing when it can.

    Args:
        not_before: the day on which the present support began.
    """
    if move.to == current:
        raise RuleBroken("tier_same", "Nothing would change. Choose another level or flag.", field="level")
    _check_level(current, move, roles)
    _check_flags(current, move.to, roles)
    _check_dates(move, not_before, today)


def _check_level(current: Support, move: TierMove, roles: frozenset[Role]) -> None:
    if move.to.level is current.level:
        return
    rule = TIER_RULES.get((current.level, move.to.level))
    if rule is None:
        raise RuleBroken(
            "tier_step",
            "Specialist support cannot end in one step. Move to targeted or universal first.",
            field="level",
        )
    _check_rule(rule, roles, move.mdt_on)


def _check_rule(rule: TierRule, roles: frozenset[Role], mdt_on: date | None) -> None:
    CAPABILITIES.check(roles, rule.needs)
    if rule.needs_mdt and mdt_on is None:
        raise RuleBroken(
            "tier_mdt",
            "Specialist support needs a discussion in the multidisciplinary team. Give its date.",
            field="mdt_on",
        )


def _check_flags(current: Support, to: Support, roles: frozenset[Role]) -> None:
    """Any practitioner may begin risk support at once; only the lead ends it, or begins direct work within it."""
    if to.level is Level.COMMUNITY and (to.risk_support or to.direct_work):
        raise RuleBroken(
            "tier_community_flags",
            "A family at community level has neither risk support nor direct work. Take both off.",
            field="level",
        )
    if to.level is Level.COMMUNITY and current.risk_support:
        raise RuleBroken("tier_risk_first", "Take risk support off first, as a move of its own.", field="risk_support")
    leaves_risk = current.risk_support and not to.risk_support
    begins_direct_work = current.tier is Tier.RISK and to.direct_work
    if leaves_risk or begins_direct_work:
        CAPABILITIES.check(roles, LEAD_SUPPORT)


def _check_dates(move: TierMove, not_before: date, today: date) -> None:
    if move.effective_from > today:
        raise RuleBroken("tier_future", "The change must be today or in the past.", field="effective_from")
    if move.effective_from < not_before:
        raise RuleBroken(
            "tier_before",
            "The change cannot be earlier than the start of the present support.",
            field="effective_from",
        )
    _check_mdt(move.mdt_on, today)
    if move.to.level is Level.COMMUNITY:
        if move.review_on is not None:
            raise RuleBroken(
                "tier_review_community", "Leave the review date empty: support ends here.", field="review_on"
            )
    elif move.review_on is None:
        raise RuleBroken("tier_review", "Set the date of the next review.", field="review_on")
    else:
        _check_review(move.review_on, today)


def _check_mdt(mdt_on: date | None, today: date) -> None:
    if mdt_on is not None and not today - timedelta(LONGEST_REVIEW_DAYS) <= mdt_on <= today:
        raise RuleBroken("tier_mdt_date", "The team discussion must be within the last year.", field="mdt_on")


def _check_review(review_on: date, today: date) -> None:
    if not today < review_on <= today + timedelta(LONGEST_REVIEW_DAYS):
        raise RuleBroken("review_range", "The next review must be after today and within a year.", field="review_on")
