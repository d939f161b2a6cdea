"""Messages to Leonie, who agreed to email, and what became of them; for tests."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from services.referral.database.family_tables import person
from services.referral.database.letter_tables import message
from services.referral.people.commands.queue_message import queue_message
from services.referral.people.commands.record_consent import RecordConsent, record_consent
from services.referral.people.database.messages import Messages
from services.referral.people.domain.consent import ConsentDetails, ConsentMethod
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.message_words import measure_link_words
from shared.contracts.pathway_codes import ConsentScope
from shared.kernel.actor import system
from shared.mail import TOTAL_SECONDS, MailServer
from shared.staff.message import Message, QueueMessage, ToPerson
from shared.staff.message_sending import send_next
from tests.mail.server import AMailServer
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, PHONE, TODAY
from tests.referral.contacts.builders import AFamily, a_family

LINK = "https://blackpool.example.org/answer/secret-token"


async def a_family_with_email(team: ATeam, **changes: Any) -> AFamily:
    """Leonie has an email address and agreed to be reached by it."""
    family = await a_family(team, **changes)
    await has_email(family, family.leonie, "leonie@example.org")
    await agrees(family, family.leonie)
    return family


async def has_email(family: AFamily, person_id: UUID, email: str | None, **changes: Any) -> None:
    async with family.team.engine.begin() as connection:
        await connection.execute(update(person).where(person.c.id == person_id).values(email=email, **changes))


async def agrees(family: AFamily, person_id: UUID) -> UUID:
    details = ConsentDetails(person_id, person_id, ConsentScope.CONTACT_BY_EMAIL, ConsentMethod.TELEPHONE, TODAY)
    async with family.team.begin(family.practitioner) as work:
        return await record_consent(RecordConsent(family.family_id, details), work)


async def queue(family: AFamily, about: str = "something", **changes: Any) -> bool:
    """A link to a questionnaire, for Leonie."""
    command: dict[str, Any] = {
        "kind": MessageKind.MEASURE_LINK,
        "to": ToPerson(family.family_id, family.leonie),
        "about": about,
        "words": measure_link_words(PHONE, LINK, NOW),
        **changes,
    }
    async with family.team.begin(family.practitioner) as work:
        return await queue_message(QueueMessage(**command), work)


async def send(team: ATeam, server: AMailServer, *, now: datetime | None = None, seconds: float = TOTAL_SECONDS) -> int:
    """One run of the timer; the server has some seconds in all."""
    then = replace(team, now=now or team.now)
    return await send_next(then.units, Messages, MailServer(server.url, "team@example.org", total_seconds=seconds).send)


async def stored(team: ATeam) -> list[Message[MessageKind]]:
    """All of them, as they were queued."""
    async with team.begin(system()) as work:
        ids = await work.session.scalars(select(message.c.id).order_by(message.c.queued_at, message.c.id))
        return [await Messages(work).get_to_change(one) for one in ids.all()]
