"""Who asks for a work list, when, and by which of the team's rules."""

from dataclasses import dataclass
from datetime import date, datetime

from services.referral.team.domain.need import NeedLimits
from services.referral.team.domain.wait_clock import WaitRules
from shared.contracts.vocabulary import Code
from shared.kernel.actor import Actor


class Whose(Code):
    MINE = "mine", "My families"
    TEAM = "team", "Whole team"
    NOBODY = "nobody", "No practitioner"


@dataclass(frozen=True)
class Asking:
    """What every work list depends on besides its filters."""

    actor: Actor
    now: datetime
    """UTC."""
    today: date
    rules: WaitRules
    limits: NeedLimits
