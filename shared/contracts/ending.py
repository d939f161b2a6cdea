"""Events of how work with a family ends, and of who comes back. Source: reference 2.3 and 9.2."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Correcting, Event, Month, RegionCorrection, RegionEvent
from shared.contracts.pathway_codes import EpisodeEnding
from shared.contracts.referral import WaitDays
from shared.contracts.region import Months, month_of, months_from
from shared.contracts.regional_codes import DISCHARGE_GROUPS, DischargeGroup, ReferralGap, gap_of
from shared.contracts.vocabulary import Tier

Attended = Annotated[int, Field(ge=0, le=10_000)]

_ASKED_FOR_THE_VOICE = frozenset({DischargeGroup.PLANNED, DischargeGroup.PASSED_ON})
"""After a death, or when a family stopped coming, nobody is asked for it: its absence would tell which it was."""


class RegionalEpisodeDischarged(RegionEvent):
    """Work with one family ended in the month.

    Private enough: a death or a removal is one of many other endings, and no field is another after one.
    """

    type: ClassVar[str] = "uk.pairs.regional.episode_discharged.v1"

    month: Month
    ending: DischargeGroup
    length: Months
    has_two_contacts: bool
    """Two attended or more: of fewer no pair of measures is expected."""
    has_paired_measure: bool
    has_infant_voice: bool | None
    """None where the ending asks for none."""
    tier: Tier | None
    """At which the family was."""


class RegionalEpisodeDischargedCorrected(RegionCorrection):
    """One discharge that the region was told of was undone.

    Private enough: it says no more than what was told.
    """

    type: ClassVar[str] = "uk.pairs.regional.episode_discharged_corrected.v1"

    was: RegionalEpisodeDischarged
    instead: RegionalEpisodeDischarged | None


class EpisodeDischarged(Event):
    """Work with a family ended."""

    type: ClassVar[str] = "uk.pairs.episode.discharged.v1"

    episode_id: UUID
    ended_on: date
    ending: EpisodeEnding
    length_days: WaitDays
    attended_count: Attended
    has_paired_measure: bool
    has_infant_voice: bool
    opened_on: date | None = None
    tier: Tier | None = None
    """At which the family was until then."""

    def for_region(self) -> RegionalEpisodeDischarged:
        group = DISCHARGE_GROUPS[self.ending]
        return RegionalEpisodeDischarged(
            month=month_of(self.ended_on),
            ending=group,
            length=months_from(self.opened_on or self.ended_on, self.ended_on),
            has_two_contacts=self.attended_count >= 2,
            has_paired_measure=self.has_paired_measure,
            has_infant_voice=self.has_infant_voice if group in _ASKED_FOR_THE_VOICE else None,
            tier=self.tier,
        )


class DischargeUndone(Event):
    """The work with a family goes on after all."""

    type: ClassVar[str] = "uk.pairs.episode.discharge_undone.v1"
    corrects: ClassVar[Correcting] = RegionalEpisodeDischargedCorrected

    episode_id: UUID

    def for_region(self) -> None:
        """No such work has ended."""


class RegionalFamilyRereferred(RegionEvent):
    """A family that the team had taken on before was taken on again in the month.

    So the region can count families, and not referrals: of those accepted in some months, it leaves out whom an earlier
    one of these months has already. Private enough: months and a wide band of days, and no id that both referrals have.
    """

    type: ClassVar[str] = "uk.pairs.regional.family_rereferred.v1"

    month: Month
    """Of the new acceptance."""
    months_since_accepted: Months
    """Since the acceptance before this one."""
    discharged: Month | None
    """When the work before it ended."""
    gap: ReferralGap | None
    """From that day to the new referral; None: nobody knows of that day."""


class RegionalFamilyRereferredCorrected(RegionCorrection):
    """One family had not been with the team before, or at another time: two records were joined or parted.

    Private enough: it says no more than what was told, twice.
    """

    type: ClassVar[str] = "uk.pairs.regional.family_rereferred_corrected.v1"

    was: RegionalFamilyRereferred
    instead: RegionalFamilyRereferred | None


class FamilyRereferred(Event):
    """A referral was accepted of a family whom the team had taken on before; a later one about it takes its place."""

    type: ClassVar[str] = "uk.pairs.family.rereferred.v1"
    corrects: ClassVar[Correcting] = RegionalFamilyRereferredCorrected

    referral_id: UUID
    family_id: UUID
    received_on: date
    accepted_on: date
    accepted_before_on: date
    discharged_on: date | None
    """The end of the work before it."""

    def for_region(self) -> RegionalFamilyRereferred:
        ended = self.discharged_on
        return RegionalFamilyRereferred(
            month=month_of(self.accepted_on),
            months_since_accepted=months_from(self.accepted_before_on, self.accepted_on),
            discharged=month_of(ended) if ended else None,
            gap=gap_of(max(0, (self.received_on - ended).days)) if ended else None,
        )


class RereferralUndone(Event):
    """They are two families after all, or the work before it has not ended: it was no new beginning."""

    type: ClassVar[str] = "uk.pairs.family.rereferral_undone.v1"
    corrects: ClassVar[Correcting] = RegionalFamilyRereferredCorrected

    referral_id: UUID
    family_id: UUID

    def for_region(self) -> None:
        """The family is new to the team."""
