from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from services.referral.database.contact_tables import contact
from services.referral.people.commands.record_pregnancy_loss import RecordPregnancyLoss, record_pregnancy_loss
from services.referral.people.commands.resume_messages import ResumeMessages, resume_messages
from services.referral.people.database.messages import Messages
from services.referral.people.domain.message import MessageKind
from services.referral.people.domain.person import MemberKind
from shared.contracts.pathway_codes import PregnancyOutcome
from shared.kernel.actor import SYSTEM
from shared.kernel.errors import Conflict, NotAllowed, RuleBroken
from shared.kernel.identifiers import new_id
from shared.staff.message import Message, MessageWords
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY
from tests.referral.people.builders import (
    ADMINISTRATOR,
    OUTSIDER,
    PRACTITIONER,
    adds,
    does,
    events,
    expecting,
    family_of,
    unborn_of,
)

STILLBIRTH = PregnancyOutcome.STILLBIRTH


async def test_a_loss_stops_every_message_in_the_same_moment(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)

    command = RecordPregnancyLoss(family_id, baby.id, 1, STILLBIRTH, TODAY)
    await does(team, record_pregnancy_loss, command, ADMINISTRATOR)

    family = await family_of(team, family_id)
    assert family.messages_stopped_at == NOW
    assert (family.babies[0].pregnancy_outcome, family.babies[0].pregnancy_ended_on) == (STILLBIRTH, TODAY)
    assert family.babies[0].is_lost
    assert await events(team, "pregnancy.ended") == [
        {"family_id": str(family_id), "person_id": str(baby.id), "outcome": "stillbirth"}
    ]
    assert ("loss.record", family_id) in await team.audited()


async def test_a_message_that_waits_never_leaves_not_even_when_messages_start_again(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)
    words = MessageWords("Your appointment", "Hello")
    waiting = Message(
        new_id(), MessageKind.APPOINTMENT_REMINDER, "x", family_id, None, "a@example.org", words, SYSTEM, NOW, NOW
    )
    async with team.begin(PRACTITIONER) as work:
        assert await Messages(work).add(waiting)

    await does(team, record_pregnancy_loss, RecordPregnancyLoss(family_id, baby.id, 1, STILLBIRTH, TODAY))
    await does(team, resume_messages, ResumeMessages(family_id, "The parents asked for it."))

    async with team.begin(PRACTITIONER) as work:
        messages = Messages(work)
        assert (await messages.get_to_change(waiting.id)).stopped_at == NOW
        assert await messages.next_due(NOW + timedelta(days=1)) is None


async def test_no_appointment_is_cancelled_by_itself_because_a_visit_may_be_what_helps(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)

    await does(team, record_pregnancy_loss, RecordPregnancyLoss(family_id, baby.id, 1, STILLBIRTH, TODAY))

    async with team.engine.connect() as connection:
        changed = await connection.scalar(select(func.count()).where(contact.c.attendance.is_not(None)))
    assert changed == 0


async def test_when_only_one_twin_goes_on_the_other_is_still_expected(team: ATeam) -> None:
    family_id = await expecting(team)
    first = await unborn_of(team, family_id)
    await adds(team, family_id, MemberKind.BABY, due_on=date(2026, 4, 20), birth_order=2)

    command = RecordPregnancyLoss(family_id, first.id, 1, PregnancyOutcome.VANISHED_TWIN, TODAY)
    await does(team, record_pregnancy_loss, command)

    family = await family_of(team, family_id)
    assert [baby.is_unborn for baby in family.babies] == [False, True]
    assert family.messages_stopped_at == NOW


async def test_a_loss_is_recorded_once(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)
    await does(team, record_pregnancy_loss, RecordPregnancyLoss(family_id, baby.id, 1, STILLBIRTH, TODAY))

    with pytest.raises(Conflict):
        await does(team, record_pregnancy_loss, RecordPregnancyLoss(family_id, baby.id, 1, STILLBIRTH, TODAY))
    with pytest.raises(RuleBroken, match="loss_known"):
        await does(team, record_pregnancy_loss, RecordPregnancyLoss(family_id, baby.id, 2, STILLBIRTH, TODAY))
    assert len(await events(team, "pregnancy.ended")) == 1


@pytest.mark.parametrize(
    ("outcome", "on", "code"),
    [
        (STILLBIRTH, TODAY + timedelta(1), "loss_on"),
        (PregnancyOutcome.LIVE_BIRTH, TODAY, "loss_outcome"),
        (PregnancyOutcome.VANISHED_TWIN, TODAY, "loss_twin"),
    ],
)
async def test_what_cannot_be_right_is_refused_and_messages_go_on(
    team: ATeam, outcome: PregnancyOutcome, on: date, code: str
) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)

    with pytest.raises(RuleBroken, match=code):
        await does(team, record_pregnancy_loss, RecordPregnancyLoss(family_id, baby.id, 1, outcome, on))
    assert (await family_of(team, family_id)).messages_stopped_at is None


async def test_only_the_team_records_a_loss(team: ATeam) -> None:
    family_id = await expecting(team)
    baby = await unborn_of(team, family_id)

    with pytest.raises(NotAllowed):
        await does(team, record_pregnancy_loss, RecordPregnancyLoss(family_id, baby.id, 1, STILLBIRTH, TODAY), OUTSIDER)
