"""What a contact says, and whether that can be right. Source: reference 2.3 (missed contacts) and 3.4."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.intervention import Element
from shared.contracts.pathway_codes import Attendance, CarerGroup, ContactKind, ContactMode, Venue
from shared.contracts.vocabulary import Code, Tier
from shared.kernel.errors import RuleBroken

MISSED = frozenset({Attendance.WAS_NOT_BROUGHT, Attendance.DID_NOT_ATTEND, Attendance.NO_ACCESS})
MOST_MINUTES = 720


class Interpreter(Code):
    """A member of the family or a friend never interprets, so there is no such answer (reference 3.4)."""

    BOOKED = "booked", "Booked"
    NOT_BOOKED = "not_booked", "Not booked yet"
    USED = "used", "A professional interpreter took part"
    DID_NOT_COME = "did_not_come", "Booked, but nobody came"
    NONE = "none", "None was booked"
    DECLINED = "declined", "Offered, and the family said no"


WITH_INTERPRETER = frozenset({Interpreter.BOOKED, Interpreter.USED, Interpreter.DID_NOT_COME})
BEFORE = (Interpreter.BOOKED, Interpreter.NOT_BOOKED, Interpreter.DECLINED)
"""Answers that fit an appointment."""
AFTER = (Interpreter.USED, Interpreter.DID_NOT_COME, Interpreter.NONE, Interpreter.DECLINED)
"""Answers that fit what took place."""


@dataclass(frozen=True)
class ContactDetails:
    """What a page lets someone enter or correct."""

    held_on: date
    """In Europe/London."""
    practitioner_id: UUID
    kind: ContactKind
    mode: ContactMode
    venue: Venue
    people: frozenset[UUID]
    """Who was there."""
    attendance: Attendance | None = None
    """None: an appointment that is still to come, or whose outcome nobody has said yet."""
    minutes: int | None = None
    note: str = ""
    """In the practitioner's words; stays in the team."""
    infant_voice: str = ""
    """What the baby was seen to do, and what that may tell us."""
    elements: frozenset[Element] = frozenset()
    strand_id: UUID | None = None
    """The part of the plan that it belongs to."""
    group_session_id: UUID | None = None
    interpreter: Interpreter | None = None


@dataclass(frozen=True)
class Present:
    """One person of the family, as far as a contact depends on it."""

    group: CarerGroup | None
    """None: a brother, a sister or someone else."""
    born_on: date | None = None
    lost_on: date | None = None
    """The day of the person's death, or of a pregnancy's end without a live birth."""
    needs_interpreter: bool = False


@dataclass(frozen=True)
class Around:
    """What a contact is checked against: the family, the work with them, and the day."""

    family: Mapping[UUID, Present]
    received_on: date
    """When the referral came, in Europe/London."""
    today: date
    tier: Tier | None = None
    """At which the family is."""
    lead_id: UUID | None = None
    colleagues: frozenset[UUID] = frozenset()
    """Everyone of the team."""
    strand_ids: frozenset[UUID] = frozenset()
    """The strands of the episode's plans."""

    def groups_of(self, people: frozenset[UUID]) -> tuple[CarerGroup, ...]:
        """Who took part, in groups that single nobody out; in the order of the list of groups."""
        present = {self.family[one].group for one in people if one in self.family}
        return tuple(group for group in CarerGroup if group in present)

    def expects_baby(self, people: frozenset[UUID], on: date) -> bool:
        """Whether one of them is a baby who was born by that day, and so could be brought."""
        return any(
            one.group is CarerGroup.BABY and one.born_on is not None and one.born_on <= on for one in self._of(people)
        )

    def needs_interpreter(self, people: frozenset[UUID]) -> bool:
        return any(one.needs_interpreter for one in self._of(people))

    def has_interpreter(self, details: ContactDetails) -> bool | None:
        """Whether a professional one was booked; None: nobody needed one, or the family said no."""
        if details.interpreter is Interpreter.DECLINED or not self.needs_interpreter(details.people):
            return None
        return details.interpreter in WITH_INTERPRETER

    def check_practitioner(self, practitioner_id: UUID) -> None:
        """Raises RuleBroken when nobody of the team has that id."""
        if practitioner_id not in self.colleagues:
            raise RuleBroken("contact_practitioner", "Choose someone of the team.", field="practitioner")

    def check_people(self, people: frozenset[UUID], on: date) -> None:
        """Raises RuleBroken when there is nobody, someone of another family, or someone who had died."""
        if not people:
            raise RuleBroken("contact_people", "Choose who was there, or who was expected.", field="people")
        if not people <= self.family.keys():
            raise RuleBroken("contact_stranger", "Choose people of this family only.", field="people")
        if any(one.lost_on is not None and one.lost_on < on for one in self._of(people)):
            raise RuleBroken(
                "contact_lost",
                "Someone whom you chose had died before that day. Change who was there.",
                field="people",
            )

    def _of(self, people: frozenset[UUID]) -> list[Present]:
        return [self.family[one] for one in people if one in self.family]


def check_contact(details: ContactDetails, around: Around) -> None:
    """Raises RuleBroken when it cannot have happened as it is said."""
    _check_day(details, around)
    around.check_practitioner(details.practitioner_id)
    around.check_people(details.people, details.held_on)
    check_place(details)
    check_kind(details, around)
    _check_attendance(details, around)
    _check_content(details)
    _check_interpreter(details, around)


def check_place(details: ContactDetails) -> None:
    """Raises RuleBroken when the place does not fit the way of meeting."""
    if (details.venue is Venue.REMOTE) is (details.mode is ContactMode.FACE_TO_FACE):
        raise RuleBroken(
            "contact_place",
            "Meeting face to face needs a place; a telephone or video call has the place “Telephone or video”.",
            field="venue",
        )


def check_kind(details: ContactDetails, around: Around) -> None:
    """Raises RuleBroken for a group session outside a group's register, or a strand of another family's plan."""
    if (details.kind is ContactKind.GROUP) is not (details.group_session_id is not None):
        raise RuleBroken("contact_group", "A group session is recorded in the group's own register.", field="kind")
    if details.strand_id is not None and details.strand_id not in around.strand_ids:
        raise RuleBroken("contact_strand", "Choose a part of this family's own plan.", field="strand")


def _check_day(details: ContactDetails, around: Around) -> None:
    if details.held_on > around.today:
        raise RuleBroken(
            "contact_future", "The day must be today or in the past. Book what is to come.", field="held_on"
        )
    if details.held_on < around.received_on:
        raise RuleBroken("contact_early", "The day must not be before the referral came.", field="held_on")


def _check_attendance(details: ContactDetails, around: Around) -> None:
    attendance = details.attendance
    if attendance is None:
        raise RuleBroken("contact_attendance", "Choose what happened.", field="attendance")
    has_baby = around.expects_baby(details.people, details.held_on)
    if attendance is Attendance.WAS_NOT_BROUGHT and not has_baby:
        raise RuleBroken(
            "contact_not_brought",
            "“Was not brought” is about a baby's appointment: tick the baby too, or choose “did not attend”.",
            field="attendance",
        )
    if attendance is Attendance.DID_NOT_ATTEND and has_baby:
        raise RuleBroken(
            "contact_babys",
            "A baby cannot choose to come: choose “was not brought” for an appointment of a baby.",
            field="attendance",
        )
    if attendance is Attendance.NO_ACCESS and details.venue is not Venue.HOME:
        raise RuleBroken("contact_door", "“Nobody answered the door” is about a visit at home.", field="attendance")


def _check_content(details: ContactDetails) -> None:
    if details.attendance is Attendance.ATTENDED:
        if details.minutes is None or not 1 <= details.minutes <= MOST_MINUTES:
            raise RuleBroken("contact_minutes", f"Enter the minutes, from 1 to {MOST_MINUTES}.", field="minutes")
    elif details.minutes is not None:
        raise RuleBroken("contact_no_minutes", "Leave the minutes empty: nobody was met.", field="minutes")
    elif details.elements or details.infant_voice.strip():
        raise RuleBroken(
            "contact_no_content",
            "What the session was made of, and what the baby showed, are for one that took place.",
            field="elements" if details.elements else "infant_voice",
        )


def _check_interpreter(details: ContactDetails, around: Around) -> None:
    is_held = details.attendance is Attendance.ATTENDED
    if is_held and around.needs_interpreter(details.people) and details.interpreter not in AFTER:
        raise RuleBroken(
            "contact_interpreter",
            "Someone here needs an interpreter: choose whether a professional one took part.",
            field="interpreter",
        )
