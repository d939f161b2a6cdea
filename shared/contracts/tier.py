"""The five tiers of the strategy as a projection of level and flags (reference 2.4)."""

from shared.contracts.vocabulary import Level, Tier


def tier_of(level: Level, *, risk_support: bool, direct_work: bool) -> Tier:
    """Risk support without direct work is the tier "getting risk support"; otherwise the tier is the level's.

    A family in risk support can still get direct work, and is then counted where the work is done.
    """
    if risk_support and not direct_work:
        return Tier.RISK
    return Tier(level.value)
