"""What each figure counts, in words that are shown beside it. A changed definition is a new version, never an edit.

Source: reference 7.1; `number` is the indicator's number there.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Indicator:
    """A definition. `numerator` alone for a count; with `denominator` for a share."""

    number: int
    version: int
    name: str
    numerator: str
    denominator: str | None
    time: str
    source: str
    """The events that it is counted from."""


REFERRALS_RECEIVED = Indicator(
    number=1,
    version=1,
    name="Referrals received",
    numerator="Referrals that came in, by any way in",
    denominator=None,
    time="Calendar month in which the referral was received",
    source="uk.pairs.regional.referral_received.v1",
)

SOURCE_MIX = Indicator(
    number=6,
    version=1,
    name="Source mix",
    numerator="Referrals received from one group of referrers",
    denominator="All referrals received",
    time="Month in which the referral was received",
    source="uk.pairs.regional.referral_received.v1",
)

DECIDED_IN_TIME = Indicator(
    number=9,
    version=1,
    name="Decided within 5 working days",
    numerator="Referrals decided within 5 working days; the day after receipt is the first, bank holidays do not count",
    denominator="All referrals decided",
    time="Month in which triage decided",
    source="uk.pairs.regional.referral_accepted.v1 and uk.pairs.regional.referral_closed.v1",
)

ACCEPTANCE = Indicator(
    number=10,
    version=1,
    name="Acceptance",
    numerator="Referrals that triage accepted",
    denominator="All referrals decided",
    time="Month in which triage decided",
    source="uk.pairs.regional.referral_accepted.v1 and uk.pairs.regional.referral_closed.v1",
)

REASONS_NOT_ACCEPTED = Indicator(
    number=11,
    version=1,
    name="Reasons for not accepting",
    numerator="Referrals that ended in another way than acceptance, for one reason",
    denominator="All referrals that ended in another way than acceptance",
    time="Month in which triage decided",
    source="uk.pairs.regional.referral_closed.v1",
)

OPEN_FAMILIES_BY_TIER = Indicator(
    number=20,
    version=1,
    name="Open families by tier",
    numerator="Families whom a team works with at one tier; one that moved to community is no longer among them",
    denominator="All families whom a team works with",
    time="Now",
    source="uk.pairs.regional.episode_opened.v1 and uk.pairs.regional.tier_changed.v1",
)

TIER_MOVES = Indicator(
    number=21,
    version=1,
    name="Moves between tiers",
    numerator="Families that moved from one tier to another; a family that moved twice counts twice",
    denominator=None,
    time="Month from which the move holds",
    source="uk.pairs.regional.tier_changed.v1",
)

CAPACITY_DRIVEN_MOVES = Indicator(
    number=21,
    version=1,
    name="Moves for want of capacity",
    numerator="Moves made because the team had no room at the right level",
    denominator="All moves between tiers",
    time="Month from which the move holds",
    source="uk.pairs.regional.tier_changed.v1",
)
