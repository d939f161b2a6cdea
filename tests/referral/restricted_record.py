"""A team all of whose records are restricted, and one colleague who is named on each; for tests."""

from uuid import UUID

from sqlalchemy import insert, text

from services.referral.database.letter_tables import message
from services.referral.people.domain.message import MessageKind
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW
from tests.referral.whole_record import WholeRecord, a_whole_record

RESTRICT_THE_REST = """
INSERT INTO family_restriction (id, family_id, reason, note, restricted_by, restricted_at)
SELECT gen_random_uuid(), id, 'colleague', 'Leonie works here.', :by, :at FROM family
WHERE NOT EXISTS (SELECT FROM family_restriction WHERE family_id = family.id AND lifted_at IS NULL)
"""
NAME = "INSERT INTO restriction_colleague SELECT id, :colleague FROM family_restriction ON CONFLICT DO NOTHING"
OF_THE_FAMILY = "UPDATE referral SET family_id = :family WHERE family_id IS NULL"
"""As after someone opened again what had been added to the family."""

COMPLETE = r"UPDATE letter SET text = E'# We missed you\n\nShannon and Leonie, ring us when you like.'"
"""Nothing of the draft is still to be filled in."""


async def a_restricted_record(team: ATeam, named: UUID) -> WholeRecord:
    """The whole record, which only that colleague may see."""
    record = await a_whole_record(team)
    await fill_in(team, record)
    await restrict_all(team, named)
    return record


async def fill_in(team: ATeam, record: WholeRecord) -> None:
    """What is seldom there: a letter that may leave, a message that failed, referrals that were added and reopened."""
    async with team.engine.begin() as connection:
        await connection.execute(
            insert(message).values(
                id=new_id(),
                version=1,
                kind=MessageKind.APPOINTMENT_REMINDER,
                about="a-visit",
                family_id=record.family.family_id,
                person_id=record.family.leonie,
                subject="Your visit",
                body="We visit Shannon tomorrow.",
                link="",
                queued_by=record.family.practitioner.id,
                queued_at=NOW,
                next_attempt_at=NOW,
                attempts=5,
                trouble="refused",
                failed_at=NOW,
            )
        )
        await connection.execute(text(COMPLETE))
        await connection.execute(text(OF_THE_FAMILY), {"family": record.family.family_id})


async def restrict_all(team: ATeam, named: UUID) -> None:
    """Every family of the team, with that colleague named."""
    async with team.engine.begin() as connection:
        await connection.execute(text(RESTRICT_THE_REST), {"by": named, "at": NOW})
        await connection.execute(text("UPDATE family SET restricted = true"))
        await connection.execute(text(NAME), {"colleague": named})
