"""A group of dyads who meet a practitioner together. Source: reference 1.3 (rows 27 to 57, formats)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from services.referral.contacts.domain.contact_check import Around, ContactDetails, Interpreter
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD_CONTACT
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import Attendance, ContactKind, ContactMode, Venue
from shared.contracts.vocabulary import Role
from shared.kernel.errors import Conflict, NotFound, RuleBroken

MOST_PLACES = 100


@dataclass(frozen=True)
class PlaceInGroup:
    """One baby and one carer who take part."""

    id: UUID
    family_id: UUID
    episode_id: UUID
    dyad_id: UUID
    baby_id: UUID
    carer_id: UUID
    joined_on: date
    left_on: date | None = None
    """The last day on which they took part."""

    def holds(self, on: date) -> bool:
        """Whether they are expected on that day."""
        return self.joined_on <= on and (self.left_on is None or on <= self.left_on)


@dataclass(frozen=True)
class GroupSession:
    """One meeting, with the register of who was there."""

    id: UUID
    held_on: date
    practitioner_id: UUID
    minutes: int
    topic: str
    present: frozenset[UUID]
    """The people who came."""
    apologies: frozenset[UUID] = frozenset()
    """Families who had cancelled."""
    interpreted: frozenset[UUID] = frozenset()
    """Families for whom a professional interpreter took part."""


@dataclass
class Group:
    id: UUID
    name: str
    intervention: Intervention
    practitioner_id: UUID
    """Who leads it."""
    venue: Venue
    capacity: int
    """Dyads who can take part at the same time."""
    starts_on: date
    ended_on: date | None = None
    places: list[PlaceInGroup] = field(default_factory=list[PlaceInGroup])
    version: int = 1

    def check(self, roles: frozenset[Role], colleagues: frozenset[UUID]) -> None:
        """Raises NotAllowed for someone who does not work with families; RuleBroken when something is missing."""
        CAPABILITIES.check(roles, RECORD_CONTACT)
        if not self.name.strip():
            raise RuleBroken("group_name", "Enter the group's name.", field="name")
        if not 1 <= self.capacity <= MOST_PLACES:
            raise RuleBroken("group_capacity", f"Enter a number of places from 1 to {MOST_PLACES}.", field="capacity")
        if self.venue is Venue.REMOTE:
            raise RuleBroken("group_venue", "Choose the place where the group meets.", field="venue")
        if self.practitioner_id not in colleagues:
            raise RuleBroken("contact_practitioner", "Choose someone of the team.", field="practitioner")

    def take_in(self, place: PlaceInGroup, roles: frozenset[Role]) -> None:
        """A dyad takes part from that day.

        Raises:
            NotAllowed: the actor does not work with families.
            Conflict: they take part already.
            RuleBroken: the group is full or has ended.
        """
        CAPABILITIES.check(roles, RECORD_CONTACT)
        self._check_goes_on()
        now = [one for one in self.places if one.left_on is None]
        if any(one.dyad_id == place.dyad_id for one in now):
            raise Conflict("group_member", "They take part in this group already.")
        if len(now) >= self.capacity:
            raise RuleBroken("group_full", "The group is full. Someone must leave it first.", field="dyad")
        self.places.append(place)

    def place(self, place_id: UUID) -> PlaceInGroup:
        """Raises NotFound when nobody has that place."""
        found = next((one for one in self.places if one.id == place_id), None)
        if found is None:
            raise NotFound("place_not_found", "Nobody has that place in this group. Look at the group's page.")
        return found

    def check_leaves(self, place_id: UUID, roles: frozenset[Role]) -> None:
        """Raises NotAllowed, NotFound, and Conflict when they have left already."""
        CAPABILITIES.check(roles, RECORD_CONTACT)
        if self.place(place_id).left_on is not None:
            raise Conflict("group_left", "They have left this group already.")

    def end(self, on: date, roles: frozenset[Role], *, seen: int) -> None:
        """The group does not meet after that day.

        Raises:
            NotAllowed: the actor does not work with families.
            Conflict: it was changed after the page was opened.
            RuleBroken: it had not begun by that day.
        """
        CAPABILITIES.check(roles, RECORD_CONTACT)
        if seen != self.version or self.ended_on is not None:
            raise Conflict("group_changed", "Someone changed this group while you had the page open. Look at it again.")
        if on < self.starts_on:
            raise RuleBroken("group_end", "The day must not be before the group began.", field="ended_on")
        self.ended_on = on
        self.version += 1

    def check_meets(self, session: GroupSession, today: date, roles: frozenset[Role]) -> None:
        """Raises NotAllowed for someone who does not work with families; RuleBroken for a day that cannot be right."""
        CAPABILITIES.check(roles, RECORD_CONTACT)
        if session.held_on > today:
            raise RuleBroken("group_future", "The day must be today or in the past.", field="held_on")
        if session.held_on < self.starts_on or (self.ended_on is not None and session.held_on > self.ended_on):
            raise RuleBroken("group_day", "The group did not meet on that day.", field="held_on")
        if not self.expected(session.held_on):
            raise RuleBroken("group_empty", "Nobody takes part in this group on that day.", field="held_on")

    def expected(self, on: date) -> Mapping[UUID, list[PlaceInGroup]]:
        """Those who take part on that day, by the piece of work with their family, in the order in which to lock."""
        places = sorted((one for one in self.places if one.holds(on)), key=lambda one: (one.episode_id, one.id))
        families: dict[UUID, list[PlaceInGroup]] = {}
        for one in places:
            families.setdefault(one.episode_id, []).append(one)
        return families

    def contact_of(self, session: GroupSession, places: list[PlaceInGroup], around: Around) -> ContactDetails:
        """What the register says of one family: those who were ticked came."""
        expected = frozenset(person for one in places for person in (one.baby_id, one.carer_id))
        there, family_id = expected & session.present, places[0].family_id
        attendance = _attendance(there, expected, family_id in session.apologies, around, session.held_on)
        return ContactDetails(
            held_on=session.held_on,
            practitioner_id=session.practitioner_id,
            kind=ContactKind.GROUP,
            mode=ContactMode.FACE_TO_FACE,
            venue=self.venue,
            people=there or expected,
            attendance=attendance,
            minutes=session.minutes if there else None,
            group_session_id=session.id,
            interpreter=_interpreter(family_id in session.interpreted, there, around),
        )

    def _check_goes_on(self) -> None:
        if self.ended_on is not None:
            raise RuleBroken("group_ended", "This group has ended. Open another one.", field="dyad")


def _attendance(
    there: frozenset[UUID],
    expected: frozenset[UUID],
    cancelled: bool,  # noqa: FBT001 - what a register says
    around: Around,
    on: date,
) -> Attendance:
    if there:
        return Attendance.ATTENDED
    if cancelled:
        return Attendance.CANCELLED_BY_FAMILY
    return Attendance.WAS_NOT_BROUGHT if around.expects_baby(expected, on) else Attendance.DID_NOT_ATTEND


def _interpreter(
    took_part: bool,  # noqa: FBT001 - what a register says
    there: frozenset[UUID],
    around: Around,
) -> Interpreter | None:
    if not around.needs_interpreter(there):
        return None
    return Interpreter.USED if took_part else Interpreter.NONE
