"""Who asks for a work list, when, and by which of the team's rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from services.referral.team.domain.need import NeedLimits
from services.referral.team.domain.wait_clock import WaitRules
from shared.contracts.vocabulary import Code
from shared.database.built_once import known
from shared.kernel.actor import Actor
from shared.kernel.clock import london_date


class Whose(Code):
    MINE = "mine", "My families"
    TEAM = "team", "Whole team"
    NOBODY = "nobody", "No practitioner"


@dataclass(frozen=True)
class ListRules:
    """What the statement of a work list depends on besides its filters; who asks, and when, are its parameters."""

    waits: WaitRules = field(hash=False)
    limits: NeedLimits


@dataclass(frozen=True)
class Asking:
    """What every work list depends on besides its filters."""

    actor: Actor
    now: datetime
    """UTC."""
    rules: ListRules

    @cached_property
    def today(self) -> date:
        """In Europe/London."""
        return london_date(self.now)

    @property
    def known(self) -> Mapping[str, Any]:
        """The values of the parameters."""
        return known(self.actor.id, self.now)
