"""What the forms of sessions and appointments offer: who, with whom, which part of the plan, and what is usual."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.referral.contacts.database.contacts import Contacts
from services.referral.contacts.domain.contact_check import AFTER, ContactDetails
from services.referral.contacts.queries.booking_needs import BookingNeed, booking_needs
from services.referral.contacts.web.forms.session import BABIES
from services.referral.people.domain.person import LEFT_THE_FAMILY, MemberKind
from services.referral.people.queries.family_banner import FamilyBanner, MemberLine
from services.referral.people.queries.primary_carers import primary_carers
from services.referral.staff.queries.practitioner_list import practitioner_list
from services.referral.support.queries.open_strands import OpenStrand, open_strands
from shared.contracts.intervention import Element
from shared.contracts.pathway_codes import Attendance, ContactKind, ContactMode, Venue
from shared.contracts.vocabulary import Code
from shared.staff.answer_words import Offered
from shared.staff.colleagues import Colleague
from shared.unit_of_work import UnitOfWork
from shared.web.forms import AnyForm, FieldError, Filled

USUAL_MINUTES = 60

PLACES = [venue for venue in Venue if venue is not Venue.REMOTE]
"""Where someone is met face to face; a call is nowhere."""
KINDS = [kind for kind in ContactKind if kind is not ContactKind.GROUP]
"""Group sessions are recorded in the group's register."""


_SHORT: Mapping[Code, str] = {
    Attendance.CANCELLED_BY_FAMILY: "Cancelled by family",
    Attendance.WAS_NOT_BROUGHT: "Was not brought",
    Attendance.DID_NOT_ATTEND: "Did not attend",
    Attendance.NO_ACCESS: "No answer at the door",
    ContactMode.TELEPHONE: "Phone",
    ContactMode.VIDEO: "Video",
    Venue.COMMUNITY: "Elsewhere",
}
"""What stands on a button, where the list's own words are too long for one."""


def _short(codes: Iterable[Code]) -> Sequence[Offered]:
    return [Offered(code.value, _SHORT.get(code, code.label)) for code in codes]


MEETING_OFFERS: Mapping[str, Any] = {"modes": _short(ContactMode), "venues": _short(PLACES)}
"""What each form offers that says how someone is met."""
SESSION_OFFERS: Mapping[str, Any] = {
    **MEETING_OFFERS,
    "attendances": _short(Attendance),
    "elements": list(Element),
    "interpreters": AFTER,
}
"""What each form of a session offers."""


@dataclass(frozen=True)
class Tick:
    """One person whom a form offers."""

    value: str
    label: str
    is_baby: bool


@dataclass(frozen=True)
class SessionChoices:
    practitioners: Sequence[Colleague]
    people: Sequence[Tick]
    strands: Sequence[OpenStrand]
    needs: Sequence[BookingNeed]
    usual: ContactDetails | None
    """The family's last session."""
    is_multiple: bool
    primary: frozenset[str] = frozenset()
    """The carers who look after a baby most."""

    @property
    def asks_interpreter(self) -> bool:
        return any(need.interpreter for need in self.needs)

    def suggested(self, practitioner_id: UUID) -> dict[str, str | list[str]]:
        """What a new form holds: as last time; of twins the baby is never guessed."""
        usual = self.usual
        return {
            "practitioner": self._known_practitioner(practitioner_id),
            "kind": (usual.kind if usual else ContactKind.SESSION).value,
            "mode": (usual.mode if usual else ContactMode.FACE_TO_FACE).value,
            "venue": (usual.venue if usual else Venue.HOME).value,
            "people": self._usual_people(),
            "minutes": str(usual.minutes if usual and usual.minutes else USUAL_MINUTES),
        }

    def says_which_baby(self, filled: Filled[AnyForm]) -> Filled[AnyForm]:
        """Of twins it is said which baby was there; a form that leaves it open gets an error there."""
        ticked = set(filled.values("people"))
        babies = {tick.value for tick in self.people if tick.is_baby}
        if not self.is_multiple or not ticked or ticked & babies or filled.value("no_baby") == "yes":
            return filled
        return Filled(filled.posted, None, [*filled.errors, FieldError("people", BABIES, "people")])

    def _known_practitioner(self, practitioner_id: UUID) -> str:
        known = {one.value for one in self.practitioners}
        return str(practitioner_id) if str(practitioner_id) in known else ""

    def _usual_people(self) -> list[str]:
        there = {str(one) for one in self.usual.people} if self.usual else None
        return [
            tick.value
            for tick in self.people
            if not (tick.is_baby and self.is_multiple)
            and (tick.is_baby or tick.value in self.primary if there is None else tick.value in there)
        ]


async def read_choices(
    work: UnitOfWork, banner: FamilyBanner, episode_id: UUID, *, also: ContactDetails | None = None
) -> SessionChoices:
    """For a family's forms.

    Args:
        also: what is recorded already; who was there then is offered too, even if they left or died since.
    """
    there = also.people if also else frozenset[UUID]()
    members = [one for one in banner.members if not one.is_lost or one.person_id in there]
    known = {one.person_id for one in members}
    left = [Tick(str(one), LEFT_THE_FAMILY, is_baby=False) for one in sorted(there - known)]
    return SessionChoices(
        practitioners=await practitioner_list(work.session),
        people=[_tick(one) for one in members] + left,
        strands=await open_strands(work, episode_id),
        needs=await booking_needs(work, banner.family_id),
        usual=await Contacts(work).usual(banner.family_id, work.actor.id),
        is_multiple=banner.is_multiple,
        primary=await primary_carers(work, banner.family_id),
    )


def _tick(member: MemberLine) -> Tick:
    order = f" {member.birth_order}" if member.birth_order else ""
    words = f"{member.shown_name}, {member.kind.inside}{order}"
    return Tick(str(member.person_id), words, is_baby=member.kind is MemberKind.BABY)
