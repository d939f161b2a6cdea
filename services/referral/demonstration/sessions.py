"""Sessions of invented families: where, for how long, and whether they came. The weights are those of reference 11."""

import random
from datetime import datetime

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
    chance: random.Random,
    sentences: Sentences,
    where: MeetingVenue,
    happened: Attendance,
    kind: ContactKind = ContactKind.SESSION,
) -> Met:
    """One that took place, or did not."""
    if happened is Attendance.NO_ACCESS:
        where = HOME
    if happened is not Attendance.ATTENDED:
        note = sentences.a("cancelled_notes" if happened in CANCELLED else "missed_notes")
        return Met(where, kind, happened, note=note)
    before_birth = sentences.before_birth
    elements = frozenset(chance.sample(list(Element), chance.randint(1, 3)))
    return Met(
        where,
        kind,
        happened,
        weighted(chance, _MINUTES),
        sentences.a("unborn_notes" if before_birth else "session_notes"),
        sentences.a("unborn_voice" if before_birth else "infant_voice"),
        frozenset({Element.STORY}) if kind is ContactKind.ASSESSMENT else elements,
        with_other_carer=chance.random() < _OTHER_CARER_COMES,
        supervision=sentences.a("supervision") if chance.random() < _BRING_TO_SUPERVISION else "",
    )


def booked_moment(at: datetime) -> datetime:
    """Appointments begin at a quarter of an hour."""
    return at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
