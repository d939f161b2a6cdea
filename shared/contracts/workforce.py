"""Events about who works with babies, each with what the region may know of it. Source: reference 9.1.

The id of a person leaves the training service for the team's own services only; that of their account joins them.
"""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.consultation_codes import Profession
from shared.contracts.event import Event, KeptInTheTeam, Month, RegionEvent
from shared.contracts.region import month_of
from shared.contracts.training_codes import ChampionWork
from shared.contracts.vocabulary import SourceGroup

Headcount = Annotated[int, Field(ge=0, le=100_000)]


class AccountLinked(KeptInTheTeam):
    """Somebody of the register signs in with this account: what they learned is that colleague's."""

    type: ClassVar[str] = "uk.pairs.workforce.account_linked.v1"

    person_id: UUID
    colleague_id: UUID


class PeopleMerged(KeptInTheTeam):
    """Two records were of one person: what is said of the retired one is meant of the one that was kept."""

    type: ClassVar[str] = "uk.pairs.workforce.merged.v1"

    retired_id: UUID
    kept_id: UUID


class PeopleMergeUndone(KeptInTheTeam):
    """They are two people after all."""

    type: ClassVar[str] = "uk.pairs.workforce.merge_undone.v1"

    retired_id: UUID
    kept_id: UUID


class HeadcountEntered(Event):
    """How many of a profession work in an organisation, as it says; a later entry for the same day corrects it."""

    type: ClassVar[str] = "uk.pairs.workforce.headcount_entered.v1"

    organisation_id: UUID
    sector: SourceGroup
    profession: Profession
    as_of: date
    people: Headcount

    def for_region(self) -> "RegionalHeadcountEntered":
        return RegionalHeadcountEntered(
            month=month_of(self.as_of), sector=self.sector, profession=self.profession, people=self.people
        )


class RegionalHeadcountEntered(RegionEvent):
    """What the people who are trained are compared with. Private enough: it names no organisation."""

    type: ClassVar[str] = "uk.pairs.regional.headcount_entered.v1"

    month: Month
    sector: SourceGroup
    profession: Profession
    people: Headcount


class ChampionActivityRecorded(Event):
    """A champion did something with what they learned: it keeps them active for six months."""

    type: ClassVar[str] = "uk.pairs.workforce.champion_activity_recorded.v1"

    person_id: UUID
    kind: ChampionWork
    done_on: date
    people: Headcount
    """Who were reached."""

    def for_region(self) -> "RegionalChampionActivityRecorded":
        return RegionalChampionActivityRecorded(month=month_of(self.done_on), kind=self.kind)


class RegionalChampionActivityRecorded(RegionEvent):
    """One champion did something in the month. Private enough: the subject tells champions apart, and names none."""

    type: ClassVar[str] = "uk.pairs.regional.champion_activity_recorded.v1"

    month: Month
    kind: ChampionWork
