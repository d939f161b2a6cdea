"""Sessions of invented families: where, for how long, and whether they came. The weights are those of reference 11."""

import random
from datetime import date, datetime

from services.referral.contacts.domain.contact_check import Interpreter
from services.referral.demonstration.families import weighted
from services.referral.demonstration.sentences import Sentences
from services.referral.demonstration.steps import MeetingVenue, Met
from shared.contracts.intervention import Element
from shared.contracts.pathway_codes import Attendance, ContactKind, ContactMode, Venue

HOME = MeetingVenue(ContactMode.FACE_TO_FACE, Venue.HOME)
HUB = MeetingVenue(ContactMode.FACE_TO_FACE, Venue.FAMILY_HUB)
NEONATAL_UNIT = MeetingVenue(ContactMode.FACE_TO_FACE, Venue.NEONATAL_UNIT)

_PLACES = {
    HOME: 46,
    HUB: 27,
    MeetingVenue(ContactMode.FACE_TO_FACE, Venue.CLINIC): 9,
    NEONATAL_UNIT: 5,
    MeetingVenue(ContactMode.VIDEO, Venue.REMOTE): 9,
    MeetingVenue(ContactMode.TELEPHONE, Venue.REMOTE): 4,
}

_ATTENDANCE = {
    Attendance.ATTENDED: 79,
    Attendance.CANCELLED_BY_FAMILY: 8,
    Attendance.DID_NOT_ATTEND: 6,
    Attendance.CANCELLED_BY_SERVICE: 3,
    Attendance.WAS_NOT_BROUGHT: 3,
    Attendance.NO_ACCESS: 1,
}

CANCELLED = frozenset({Attendance.CANCELLED_BY_FAMILY, Attendance.CANCELLED_BY_SERVICE})

_MINUTES = {45: 2, 50: 4, 60: 6, 75: 2, 90: 1}
_OTHER_CARER_COMES = 0.25
_BRING_TO_SUPERVISION = 0.03


def attendance(chance: random.Random) -> Attendance:
    return weighted(chance, _ATTENDANCE)


def place(chance: random.Random, *, in_neonatal_unit: bool) -> MeetingVenue:
    """The neonatal unit only for those who can be there."""
    drawn = weighted(chance, _PLACES)
    return HUB if drawn == NEONATAL_UNIT and not in_neonatal_unit else drawn


def session(
    chance: random.Random, write: Sentences, on: date, where: MeetingVenue, happened: Attendance, *, kind: ContactKind
) -> Met:
    """One that took place, or did not.

    Args:
        kind: of contact; the first one of a piece of work is an assessment.
    """
    if happened is Attendance.NO_ACCESS:
        where = HOME
    if happened is not Attendance.ATTENDED:
        note = write.a("cancelled" if happened in CANCELLED else "missed", on)
        return Met(where, kind, happened, note=note)
    elements = frozenset(chance.sample(list(Element), chance.randint(1, 3)))
    return Met(
        where,
        kind,
        happened,
        weighted(chance, _MINUTES),
        write.note(on, is_first=kind is ContactKind.ASSESSMENT and on == write.facts.begins_on),
        write.a("voice", on),
        frozenset({Element.STORY}) if kind is ContactKind.ASSESSMENT else elements,
        with_other_carer=write.facts.other is not None and chance.random() < _OTHER_CARER_COMES,
        interpreter=Interpreter.USED if write.facts.language else None,
        supervision=write.a("supervision", on) if chance.random() < _BRING_TO_SUPERVISION else "",
    )


def booked_moment(at: datetime) -> datetime:
    """Appointments begin at a quarter of an hour."""
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
