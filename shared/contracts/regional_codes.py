"""Closed lists of what the region gets: groups in which no rare or sensitive reason can be told from a common one.

Source: reference 9.2.
"""

from shared.contracts.pathway_codes import EpisodeEnding
from shared.contracts.vocabulary import Code


class DischargeGroup(Code):
    """How work with a family ended. A death, or a baby who was taken into care, is among those who moved away."""

    PLANNED = "planned", "Planned"
    PASSED_ON = "passed_on", "Passed on to another team or service"
    DISENGAGED = "disengaged", "The family stopped coming"
    OTHER = "other", "The family moved away, or for another reason"


DISCHARGE_GROUPS = {
    EpisodeEnding.COMPLETED: DischargeGroup.PLANNED,
    EpisodeEnding.PARTLY_COMPLETED: DischargeGroup.PLANNED,
    EpisodeEnding.STEPPED_DOWN: DischargeGroup.PLANNED,
    EpisodeEnding.STEPPED_UP: DischargeGroup.PASSED_ON,
    EpisodeEnding.TRANSFERRED: DischargeGroup.PASSED_ON,
    EpisodeEnding.DISENGAGED: DischargeGroup.DISENGAGED,
    EpisodeEnding.MOVED_AREA: DischargeGroup.OTHER,
    EpisodeEnding.AGED_OUT: DischargeGroup.OTHER,
    EpisodeEnding.REMOVED_FROM_CARE: DischargeGroup.OTHER,
    EpisodeEnding.BABY_DIED: DischargeGroup.OTHER,
    EpisodeEnding.CARER_DIED: DischargeGroup.OTHER,
}


class ReferralGap(Code):
    """From the end of the work with a family to their next referral, in whole days."""

    DAYS_0_90 = "days_0_90", "Within 90 days"
    DAYS_91_365 = "days_91_365", "91 to 365 days"
    LATER = "later", "More than a year"


def gap_of(days: int) -> ReferralGap:
    """Args: days: 0 or more."""
    if days <= 90:
        return ReferralGap.DAYS_0_90
    return ReferralGap.DAYS_91_365 if days <= 365 else ReferralGap.LATER


class GoalMove(Code):
    """From the first rating of a goal to its last: 3 points are more than chance (reference 4.1)."""

    FORWARD = "forward", "3 points or more towards it"
    LITTLE = "little", "Less than 3 points either way"
    BACK = "back", "3 points or more away from it"


def goal_move(points: int) -> GoalMove:
    if points >= 3:
        return GoalMove.FORWARD
    return GoalMove.BACK if points <= -3 else GoalMove.LITTLE


class WaitBand(Code):
    """The longest wait of a team, in whole days."""

    DAYS_0_28 = "days_0_28", "4 weeks or less"
    DAYS_29_56 = "days_29_56", "5 to 8 weeks"
    DAYS_57_84 = "days_57_84", "9 to 12 weeks"
    DAYS_85_126 = "days_85_126", "13 to 18 weeks"
    LONGER = "longer", "More than 18 weeks"


def wait_band(days: int) -> WaitBand:
    for most, band in ((28, WaitBand.DAYS_0_28), (56, WaitBand.DAYS_29_56), (84, WaitBand.DAYS_57_84)):
        if days <= most:
            return band
    return WaitBand.DAYS_85_126 if days <= 126 else WaitBand.LONGER
