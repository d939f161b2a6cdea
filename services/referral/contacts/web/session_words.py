"""A session in words: for its page, for the page that compares two versions, and for a table."""

from collections.abc import Mapping
from uuid import UUID

from services.referral.contacts.domain.contact_check import ContactDetails
from services.referral.contacts.queries.session_list import SessionLine, sessions_of_day
from services.referral.contacts.web.session_choices import SessionChoices
from services.referral.people.domain.person import LEFT_THE_FAMILY
from shared.kernel.calendar import date_words
from shared.unit_of_work import UnitOfWork

Words = list[tuple[str, str]]
"""Question and answer."""


def session_words(line: SessionLine) -> Words:
    """As it is on record."""
    intervention = line.intervention.label if line.intervention else ""
    return details_words(line.contact.details, line.practitioner_name, line.names, intervention)


def entered_words(details: ContactDetails, choices: SessionChoices) -> Words:
    """As someone entered it in a form."""
    names = {UUID(tick.value): tick.label for tick in choices.people}
    strand = next((one.label for one in choices.strands if one.strand_id == details.strand_id), "")
    practitioner = next((one.name for one in choices.practitioners if one.id == details.practitioner_id), "A colleague")
    return details_words(details, practitioner, names, strand)


async def alike_words(work: UnitOfWork, family_id: UUID, details: ContactDetails) -> Words:
    """A session, or an appointment where this is one, of the same day and the same people; empty: there is none."""
    is_open = details.attendance is None
    lines = await sessions_of_day(work, family_id, details.held_on)
    same = [one for one in lines if one.is_open is is_open and one.contact.details.people == details.people]
    return session_words(same[0]) if same else []


def details_words(details: ContactDetails, practitioner: str, names: Mapping[UUID, str], strand: str) -> Words:
    """Only what was said."""
    people = sorted(names.get(one, LEFT_THE_FAMILY) for one in details.people)
    words = [
        ("What happened", details.attendance.label if details.attendance else "Not recorded yet"),
        ("Day", date_words(details.held_on)),
        ("Type of contact", details.kind.label),
        ("Who", ", ".join(people)),
        ("Practitioner", practitioner),
        ("How", details.mode.label),
        ("Where", details.venue.label),
        ("Minutes", str(details.minutes) if details.minutes is not None else ""),
        ("Intervention", strand),
        ("Interpreter", details.interpreter.label if details.interpreter else ""),
        ("What the baby showed", details.infant_voice),
        ("What you did in the session", ", ".join(sorted(one.label for one in details.elements))),
        ("Note", details.note),
    ]
    return [(question, answer) for question, answer in words if answer]
