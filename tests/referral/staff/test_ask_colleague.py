from uuid import UUID

import pytest

from services.referral.staff.commands.ask_colleague import AskColleague, ask_colleague
from services.referral.staff.database.tasks import Tasks
from services.referral.staff.domain.capabilities import (
    CAPABILITIES,
    DECIDE_REFERRAL,
    JUDGE,
    LEAD_RECORDS,
    LEAD_WORK,
    RECORD_CONTACT,
)
from services.referral.staff.domain.restricted_record import RestrictedRecord
from services.referral.staff.domain.task import TASK_RULES
from shared.contracts.pathway_codes import TaskKind
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.calendar import add_working_days
from shared.kernel.capability import Capability
from shared.kernel.errors import NotAllowed, RuleBroken
from shared.staff.task import AskedOfColleague, Task
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor
from tests.referral.governance.builders import restrict

ADMINISTRATOR = an_actor(Role.TEAM_ADMINISTRATOR)
WORDS = "Leonie rang: they want to come again."


async def ask(
    team: ATeam, family_id: UUID, needed: Capability = LEAD_WORK, words: str = WORDS, actor: Actor = ADMINISTRATOR
) -> None:
    command = AskColleague(family_id, needed, "Undo the discharge", f"/families/{family_id}/plan/undo-discharge", words)
    async with team.begin(actor) as work:
        await ask_colleague(command, work)


async def raised(team: ATeam) -> Task[TaskKind]:
    (_, event) = (await team.published())[-1]
    async with team.begin(ADMINISTRATOR) as work:
        return await Tasks(work).get(UUID(event["task_id"]))


async def test_what_is_asked_is_a_task_with_the_words_of_whoever_asks_and_its_event_names_nobody(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id

    await ask(team, family_id)

    task = await raised(team)
    assert (task.kind, task.due_on) == (TaskKind.ASKED_OF_LEAD, add_working_days(TODAY, 2))
    assert task.detail == f"Undo the discharge: {WORDS}"
    assert task.asked == AskedOfColleague(ADMINISTRATOR.id, f"/families/{family_id}/plan/undo-discharge")
    assert (await team.published())[-1] == (
        "uk.pairs.task.raised.v1",
        {"task_id": str(task.id), "family_id": str(family_id), "kind": "asked_of_lead"},
    )
    assert (await team.audited())[-1] == ("task.ask", family_id)


@pytest.mark.parametrize("words", ["", "  \n"])
async def test_nobody_is_asked_without_words(team: ATeam, words: str) -> None:
    family_id = (await team.accepts()).family_id
    before = await team.published()

    with pytest.raises(RuleBroken) as refusal:
        await ask(team, family_id, words=words)

    assert (refusal.value.field, await team.published()) == ("words", before)


async def test_somebody_who_is_not_of_the_team_asks_nobody(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id

    with pytest.raises(NotAllowed):
        await ask(team, family_id, actor=an_actor(Role.REGIONAL_LEAD))


async def test_nobody_asks_about_a_record_that_they_may_not_see(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id
    await restrict(team, family_id)

    with pytest.raises(RestrictedRecord):
        await ask(team, family_id)


@pytest.mark.parametrize("needed", [JUDGE, RECORD_CONTACT, DECIDE_REFERRAL, LEAD_WORK, LEAD_RECORDS])
def test_all_who_answer_hold_what_is_asked_for(needed: Capability) -> None:
    kind = TASK_RULES.asks_whom(needed)

    assert CAPABILITIES.roles_with(TASK_RULES.of[kind].needs) == CAPABILITIES.roles_with(needed)
