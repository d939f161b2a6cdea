"""A contact: one meeting of the team with a family, booked, held or missed.

An appointment is a contact without attendance; it becomes the contact when someone says what happened.
Source: reference 1.3 row 57, 2.3 (missed contacts), 3.4 (interpreter) and 8.1 (H9, H19).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.referral.contacts.domain.appointment import Booking, check_booking
from services.referral.contacts.domain.contact_check import MISSED, Around, ContactDetails, check_contact
from services.referral.staff.domain.capabilities import BOOK_APPOINTMENT, CAPABILITIES, RECORD_CONTACT
from shared.contracts.contact import ContactCorrected, ContactRecorded
from shared.contracts.pathway_codes import Attendance
from shared.contracts.vocabulary import Role
from shared.kernel.calendar import date_words
from shared.kernel.errors import Conflict, RuleBroken, changed_meanwhile

CANCELLED = frozenset({Attendance.CANCELLED_BY_FAMILY, Attendance.CANCELLED_BY_SERVICE})


@dataclass
class Contact:
    """Changes only through its methods; the command keeps the version before."""

    id: UUID
    family_id: UUID
    episode_id: UUID
    recorded_at: datetime
    """UTC, when it was first booked or recorded."""
    details: ContactDetails
    starts_at: datetime | None = None
    """UTC, when it was booked; None for one recorded without an appointment."""
    version: int = field(default=0)

    def record(self, around: Around, roles: frozenset[Role]) -> ContactRecorded:
        """It took place, or did not.

        Raises:
            NotAllowed: the actor does not work with families.
            RuleBroken: what is said cannot be right.
        """
        CAPABILITIES.check(roles, RECORD_CONTACT)
        check_contact(self.details, around)
        return ContactRecorded(**_told(self, around))

    def say_what_happened(
        self, details: ContactDetails, around: Around, roles: frozenset[Role], *, seen: int
    ) -> ContactRecorded:
        """The appointment becomes a contact. Raises as `record`, and Conflict when someone else was first."""
        self._check_open(seen)
        self.details = details
        return self.record(around, roles)

    def correct(
        self, details: ContactDetails, around: Around, roles: frozenset[Role], *, seen: int
    ) -> ContactCorrected:
        """What was recorded is wrong. Raises as `record`, and Conflict when it was changed since."""
        CAPABILITIES.check(roles, RECORD_CONTACT)
        self._check_seen(seen)
        if self.details.attendance is None:
            raise RuleBroken("contact_open", "This appointment has no outcome yet. Record what happened first.")
        check_contact(details, around)
        self.details = details
        return ContactCorrected(**_told(self, around))

    def book(self, around: Around, roles: frozenset[Role], now: datetime) -> None:
        """Raises as `check_booking`, and NotAllowed for someone who does not book."""
        CAPABILITIES.check(roles, BOOK_APPOINTMENT)
        check_booking(self.details, self.starts_at, around, now)

    def move(self, booking: Booking, around: Around, roles: frozenset[Role], now: datetime, *, seen: int) -> None:
        """Another time or place. Raises as `book`, and Conflict when someone changed it since."""
        self._check_open(seen)
        self.details, self.starts_at = replace(self.details, **booking.changes), booking.starts_at
        self.book(around, roles, now)
        self.version += 1

    def cancel(
        self, attendance: Attendance, note: str, around: Around, roles: frozenset[Role], *, seen: int
    ) -> ContactRecorded:
        """By the family or by the team, before its time or after.

        Raises:
            NotAllowed: the actor does not book.
            Conflict: someone changed it since.
            RuleBroken: it is no cancellation.
        """
        CAPABILITIES.check(roles, BOOK_APPOINTMENT)
        self._check_open(seen)
        if attendance not in CANCELLED:
            raise RuleBroken("cancelled_by", "Choose who cancelled the appointment.", field="attendance")
        self.details = replace(self.details, attendance=attendance, note=note or self.details.note)
        return ContactRecorded(**_told(self, around))

    def _check_open(self, seen: int) -> None:
        if self.details.attendance is not None:
            raise Conflict(
                "contact_recorded",
                f"Someone recorded this appointment already: {self.details.attendance.inside}, "
                f"{date_words(self.details.held_on)}. Nothing that you entered was saved.",
            )
        self._check_seen(seen)

    def _check_seen(self, seen: int) -> None:
        if seen != self.version:
            raise changed_meanwhile("contact_changed", "Someone changed this")


@dataclass(frozen=True)
class Kept:
    """One contact that was to take place and was not cancelled, the newest first in a row of them."""

    contact_id: UUID
    attendance: Attendance


def missed_to_think_about(newest_first: Sequence[Kept], limit: int) -> UUID | None:
    """The contact that made the number of missed ones in a row reach the limit, or a multiple of it; None: none did.

    A cancellation neither counts nor interrupts: whoever cancels is in touch. Nothing ends by itself, however many are
    missed. Source: reference 2.3.
    """
    row: list[UUID] = []
    for kept in newest_first:
        if kept.attendance in MISSED:
            row.append(kept.contact_id)
        elif kept.attendance is Attendance.ATTENDED:
            break
    reached = len(row) // limit * limit
    return row[len(row) - reached] if reached else None


def _told(contact: Contact, around: Around) -> dict[str, Any]:
    details = contact.details
    return {
        "contact_id": contact.id,
        "episode_id": contact.episode_id,
        "held_on": details.held_on,
        "kind": details.kind,
        "attendance": details.attendance,
        "mode": details.mode,
        "venue": details.venue,
        "minutes": details.minutes or 0,
        "with_whom": around.groups_of(details.people),
        "is_with_lead": around.lead_id is not None and details.practitioner_id == around.lead_id,
        "has_infant_voice": bool(details.infant_voice.strip()),
        "has_interpreter": around.has_interpreter(details),
        "tier": around.tier,
    }
