"""Events of sessions and visits, each with what the region may know of it. Source: reference 9.2."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.event import Correcting, Event, Month, RegionCorrection, RegionEvent
from shared.contracts.pathway_codes import Attendance, CarerGroup, ContactKind, ContactMode, Venue
from shared.contracts.region import QuarterHours, in_quarters, month_of
from shared.contracts.vocabulary import Tier

Minutes = Annotated[int, Field(ge=0, le=1440)]


class RegionalContactRecorded(RegionEvent):
    """One session or visit took place in the month, or did not.

    Private enough: neither the family nor the day, nor who was there; its length in quarters of an hour.
    """

    type: ClassVar[str] = "uk.pairs.regional.contact_recorded.v1"

    month: Month
    kind: ContactKind
    attendance: Attendance
    venue: Venue
    minutes: QuarterHours
    is_with_lead: bool
    has_interpreter: bool | None
    """None: nobody needed one, or they said no."""
    tier: Tier | None


class RegionalContactCorrected(RegionCorrection):
    """One session or visit was another than the region was told.

    Private enough: it says no more than what was told, twice; a change that is finer than this is not told at all.
    """

    type: ClassVar[str] = "uk.pairs.regional.contact_corrected.v1"

    was: RegionalContactRecorded
    instead: RegionalContactRecorded | None


class _Contact(Event):
    contact_id: UUID
    episode_id: UUID
    held_on: date
    kind: ContactKind
    attendance: Attendance
    mode: ContactMode
    venue: Venue
    minutes: Minutes
    with_whom: tuple[CarerGroup, ...]
    is_with_lead: bool
    """Whether the practitioner who leads the work held it."""
    has_infant_voice: bool
    has_interpreter: bool | None = None
    """Whether a professional interpreter was booked; None: nobody needed one, or they said no."""
    tier: Tier | None = None
    """Of the family when it was recorded."""

    def for_region(self) -> RegionalContactRecorded:
        return RegionalContactRecorded(
            month=month_of(self.held_on),
            kind=self.kind,
            attendance=self.attendance,
            venue=self.venue,
            minutes=in_quarters(self.minutes),
            is_with_lead=self.is_with_lead,
            has_interpreter=self.has_interpreter,
            tier=self.tier,
        )


class ContactRecorded(_Contact):
    """A session or visit took place, or did not."""

    type: ClassVar[str] = "uk.pairs.contact.recorded.v1"


class ContactCorrected(_Contact):
    """What was recorded of a contact was wrong; this is what happened."""

    type: ClassVar[str] = "uk.pairs.contact.corrected.v1"
    corrects: ClassVar[Correcting] = RegionalContactCorrected
