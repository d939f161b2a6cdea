"""Events of what families wait for, each with what the region may know of it. Source: reference 2.5 and 9.2."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.contracts.event import Correcting, Days, Event, Month, RegionCorrection, RegionEvent
from shared.contracts.pathway_codes import WaitClock
from shared.contracts.referral import WaitDays
from shared.contracts.region import capped, month_of
from shared.contracts.vocabulary import Tier


class RegionalWaitStopped(RegionEvent):
    """One family has waited so long, for what came in the month.

    Private enough: days over 126 are all the same, and nothing says when it began or whose it was.
    """

    type: ClassVar[str] = "uk.pairs.regional.wait_stopped.v1"

    month: Month
    clock: WaitClock
    """Never triage: a decision has its own event."""
    days: Days
    """From the referral, whatever pauses there were."""
    tier: Tier | None
    """At which the family was when it ended."""


class RegionalWaitStoppedCorrected(RegionCorrection):
    """One wait was another than the region was told, or has not ended after all.

    Private enough: it says no more than what was told, twice.
    """

    type: ClassVar[str] = "uk.pairs.regional.wait_stopped_corrected.v1"

    was: RegionalWaitStopped
    instead: RegionalWaitStopped | None


class WaitStopped(Event):
    """What a family waited for has come; the figures are folds over the record (reference 2.5)."""

    type: ClassVar[str] = "uk.pairs.wait.stopped.v1"
    corrects: ClassVar[Correcting] = RegionalWaitStoppedCorrected

    episode_id: UUID
    clock: WaitClock
    stopped_on: date
    gross_days: WaitDays
    adjusted_days: WaitDays
    is_over_target: bool
    tier: Tier | None = None

    def for_region(self) -> RegionalWaitStopped | None:
        if self.clock is WaitClock.TRIAGE:
            return None
        return RegionalWaitStopped(
            month=month_of(self.stopped_on), clock=self.clock, days=capped(self.gross_days), tier=self.tier
        )


class WaitWentOn(Event):
    """What a family waits for had not come: what said so was corrected."""

    type: ClassVar[str] = "uk.pairs.wait.went_on.v1"
    corrects: ClassVar[Correcting] = RegionalWaitStoppedCorrected

    episode_id: UUID
    clock: WaitClock

    def for_region(self) -> None:
        """No such wait has ended."""
