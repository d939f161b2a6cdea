"""Need, and how much of it is reached. Source: reference 7.1, lines 2 and 54, and 7.2."""

from dataclasses import replace

from services.reporting.indicators.domain.indicator import Direction, Indicator, Shape
from services.reporting.indicators.domain.tally import Tally, Term, at_end, yearly
from services.reporting.indicators.packs.referral import RECEIVED
from shared.contracts.ending import RegionalFamilyRereferred, RegionalFamilyRereferredCorrected
from shared.contracts.referral import (
    RegionalReferralAccepted,
    RegionalReferralClosed,
    RegionalReferralClosedCorrected,
    RegionalReferralReceived,
)

ACCEPTED_FAMILIES = at_end(
    Term(
        table="triage_decided",
        where="outcome = 'accepted'",
        until="month + interval '12 months'",
    ),
    Term(
        table="family_rereferred",
        where="months_since_accepted < 12",
        value="-number",
        until="month + make_interval(months => 12 - least(months_since_accepted, 12))",
    ),
)
"""Families accepted in twelve months, each once: a family counts again only when its acceptance before was earlier."""


def _entered(name: str) -> Tally:
    """What the region entered of the team's area, from the month on from which it holds."""
    return at_end(Term(table="parameter_entered", where=f"name = '{name}'", value="value", by="name"))


_ACCEPTED = (
    RegionalReferralAccepted.type,
    RegionalReferralClosed.type,
    RegionalReferralClosedCorrected.type,
    RegionalFamilyRereferred.type,
    RegionalFamilyRereferredCorrected.type,
)
_YEAR = "The twelve months that end with the month"

REFERRAL_RATE = Indicator(
    number=2,
    name="Referrals for each thousand births",
    priority=3,
    shape=Shape.RATE,
    direction=Direction.MORE,
    numerator="Referrals received",
    denominator="Births in the area in a year, as the region entered them",
    counts=yearly(replace(RECEIVED, parts={})),
    among=_entered("births"),
    time=_YEAR,
    sources=(RegionalReferralReceived.type,),
    why="Teams of unlike towns can be compared only beside the babies who are born there.",
)

DEMAND_MET = Indicator(
    number=54,
    name="Expected demand that is met",
    priority=3,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Families accepted, each once",
    denominator="Families expected to come before the second birthday, as the region entered them",
    counts=ACCEPTED_FAMILIES,
    among=_entered("demand"),
    time=_YEAR,
    sources=_ACCEPTED,
    why="It says how far the team reaches of those who would come if they could.",
)

NEED_MET = Indicator(
    number=154,
    name="Need that is met",
    priority=3,
    shape=Shape.SHARE,
    direction=Direction.MORE,
    numerator="Families accepted, each once",
    denominator="Families of a year’s births who could use help, as the region entered them",
    counts=ACCEPTED_FAMILIES,
    among=_entered("need"),
    time=_YEAR,
    sources=_ACCEPTED,
    why="Need is not demand: most families in need never ask, and a team that meets demand has not met need.",
)

NEED = (
    REFERRAL_RATE,
    DEMAND_MET,
    NEED_MET,
)
