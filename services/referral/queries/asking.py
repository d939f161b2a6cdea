"""Who asks for a work list, when, and by which of the team's rules."""

from dataclasses import dataclass
from datetime import date, datetime

from services.referral.domain.need import NeedLimits
from services.referral.domain.wait_clock import WaitRules
from shared.kernel.actor import Actor


@dataclass(frozen=True)
class Asking:
    """What every work list depends on besides its filters."""

    actor: Actor
    now: datetime
    """UTC."""
    today: date
    rules: WaitRules
    limits: NeedLimits
