"""Leonie, Dan and Shannon with a practitioner of the team, and the sessions that they have; for tests."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.referral.contacts.commands.book_appointment import BookAppointment, book_appointment
from services.referral.contacts.commands.record_contact import RecordContact, record_contact
from services.referral.contacts.database.contacts import Contacts
from services.referral.contacts.domain.contact import Contact
from services.referral.contacts.domain.contact_check import ContactDetails
from services.referral.people.database.families import Families
from shared.contracts.pathway_codes import Attendance, ContactKind, ContactMode, Venue
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.clock import london_date
from shared.kernel.identifiers import new_id
from shared.staff.colleagues import Colleagues
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor


@dataclass
class AFamily:
    """A family with whom the team works."""

    team: ATeam
    family_id: UUID
    episode_id: UUID
    practitioner: Actor
    leonie: UUID
    dan: UUID | None
    shannon: UUID

    def session(self, **changes: Any) -> ContactDetails:
        """Leonie and Shannon were seen at home today, for 50 minutes."""
        usual = ContactDetails(
            held_on=TODAY,
            practitioner_id=self.practitioner.id,
            kind=ContactKind.SESSION,
            mode=ContactMode.FACE_TO_FACE,
            venue=Venue.HOME,
            people=frozenset({self.leonie, self.shannon}),
            attendance=Attendance.ATTENDED,
            minutes=50,
        )
        return replace(usual, **changes)

    def missed(self, held_on: date = TODAY, **changes: Any) -> ContactDetails:
        """Shannon was not brought."""
        return self.session(
            **{"held_on": held_on, "attendance": Attendance.WAS_NOT_BROUGHT, "minutes": None, **changes}
        )

    async def has(self, details: ContactDetails | None = None, *, actor: Actor | None = None, **command: Any) -> UUID:
        """Record a session; gives its id."""
        told: dict[str, Any] = {"contact_id": new_id(), **command}
        async with self.team.begin(actor or self.practitioner) as work:
            await record_contact(
                RecordContact(episode_id=self.episode_id, details=details or self.session(), **told), work
            )
        return told["contact_id"]

    async def books(self, starts_at: datetime, *, actor: Actor | None = None, **changes: Any) -> UUID:
        """Book an appointment (UTC); gives its id."""
        contact_id = changes.pop("contact_id", None) or new_id()
        details = self.session(**{"held_on": london_date(starts_at), "attendance": None, "minutes": None, **changes})
        async with self.team.begin(actor or self.practitioner) as work:
            await book_appointment(BookAppointment(contact_id, self.episode_id, starts_at, details), work)
        return contact_id

    async def stored(self, contact_id: UUID) -> Contact:
        async with self.team.begin(self.practitioner) as work:
            return await Contacts(work).get_to_change(self.family_id, contact_id)


async def a_family(team: ATeam, **changes: Any) -> AFamily:
    """Accepted today; `changes` as those of `team.accepts`."""
    accepted = await team.accepts(**changes)
    practitioner = an_actor(Role.PRACTITIONER)
    async with team.begin(practitioner) as work:
        await Colleagues(work.session).remember(practitioner.id, "Priya Sample", practitioner.roles)
        family = await Families(work).get(accepted.family_id)
    carers = family.carers
    dan = carers[1].id if len(carers) > 1 else None
    return AFamily(team, accepted.family_id, accepted.episode_id, practitioner, carers[0].id, dan, family.babies[0].id)
