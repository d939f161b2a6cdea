"""How many messages wait, and how many failed, is told to those who run the service, and nothing else of them."""

from datetime import timedelta

from sqlalchemy import update

from services.referral.database.letter_tables import message
from services.referral.people.queries.message_backlog import message_backlog
from shared.kernel.actor import system
from tests.referral.a_team import ATeam
from tests.referral.messages import a_family_with_email, queue


async def backlog(team: ATeam) -> dict[str, int]:
    async with team.begin(system()) as work:
        return dict(await message_backlog(work))


async def test_messages_that_wait_and_that_failed_are_counted(team: ATeam) -> None:
    assert await backlog(team) == {"mail_waiting": 0, "mail_failed": 0}

    family = await a_family_with_email(team)
    for about in ("waits", "waits too", "failed", "sent", "stopped"):
        assert await queue(family, about)
    async with team.engine.begin() as connection:
        for about, column in (("failed", "failed_at"), ("sent", "sent_at"), ("stopped", "stopped_at")):
            await connection.execute(
                update(message).where(message.c.about == about).values({column: team.now + timedelta(minutes=1)})
            )

    assert await backlog(team) == {"mail_waiting": 2, "mail_failed": 1}
