import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from services.referral.people.domain.support import Support
from services.referral.support.commands.move_tier import MoveTier, move_tier
from services.referral.support.database.episodes import Episodes
from services.referral.support.domain.episode import Episode
from services.referral.support.queries.tier_history import tier_history
from shared.contracts.vocabulary import Level, Role
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, a_move, an_actor, an_opening

LEAD = an_actor(Role.TEAM_LEAD)
PRACTITIONER = an_actor(Role.PRACTITIONER)
SPECIALIST = Support(Level.SPECIALIST)
AT_RISK = Support(Level.TARGETED, risk_support=True, direct_work=False)


async def move(team: ATeam, episode_id: UUID, to: Support, actor: Actor = LEAD, seen: int = 1, **changes: Any) -> None:
    async with team.begin(actor) as work:
        await move_tier(MoveTier(episode_id, seen, a_move(to, **changes)), work)


async def stored(team: ATeam, episode_id: UUID) -> Episode:
    async with team.begin(LEAD) as work:
        return await Episodes(work).get(episode_id)


async def test_a_lead_steps_a_family_up_after_a_team_discussion(team: ATeam) -> None:
    episode_id = (await team.accepts()).episode_id

    await move(team, episode_id, SPECIALIST, note="Leonie is low again.")

    assert (await stored(team, episode_id)).support == SPECIALIST
    assert (await team.published())[-1] == (
        "uk.pairs.tier.changed.v1",
        {
            "episode_id": str(episode_id),
            "from_level": "targeted",
            "from_risk_support": False,
            "from_direct_work": True,
            "to_level": "specialist",
            "to_risk_support": False,
            "to_direct_work": True,
            "effective_from": "2026-03-02",
            "reason": "need_increased",
            "family_agreement": "agreed",
            "review_on": "2026-05-25",
        },
    )
    assert ("tier.move", episode_id) in await team.audited()


async def test_earlier_support_stays_in_the_history(team: ATeam) -> None:
    episode_id = (await team.accepts()).episode_id

    await move(team, episode_id, SPECIALIST)
    await move(team, episode_id, Support(Level.UNIVERSAL), seen=2)

    async with team.begin(LEAD) as work:
        history = await tier_history(work, episode_id)
    assert [line.support.level for line in history] == [Level.UNIVERSAL, Level.SPECIALIST, Level.TARGETED]


async def test_the_software_cannot_change_or_remove_history(team: ATeam) -> None:
    await team.accepts()

    for statement in ("UPDATE tier_assignment SET note = ''", "DELETE FROM tier_assignment", "DELETE FROM referral"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            async with team.engine.begin() as connection:
                await connection.execute(text(statement))


async def test_support_ends_at_community_level(team: ATeam) -> None:
    episode_id = (await team.accepts()).episode_id

    await move(team, episode_id, Support(Level.COMMUNITY, direct_work=False))

    assert (await stored(team, episode_id)).review_on is None


async def test_a_practitioner_begins_risk_support_at_once(team: ATeam) -> None:
    episode_id = (await team.accepts()).episode_id

    await move(team, episode_id, AT_RISK, PRACTITIONER)

    assert (await stored(team, episode_id)).support == AT_RISK
    assert [body["to_tier"] for type_, body in await team.published("region") if "tier_changed" in type_] == ["risk"]


@pytest.mark.parametrize("role", [Role.TEAM_ADMINISTRATOR, Role.REGIONAL_LEAD])
async def test_others_may_not_move_a_family(team: ATeam, role: Role) -> None:
    episode_id = (await team.accepts()).episode_id

    with pytest.raises(NotAllowed) as refusal:
        await move(team, episode_id, AT_RISK, an_actor(role))

    assert refusal.value.sentence == ("A practitioner or the team lead decides on a family's support. Ask one of them.")


async def test_a_practitioner_may_not_make_the_leads_moves(team: ATeam) -> None:
    episode_id = (await team.accepts()).episode_id

    with pytest.raises(NotAllowed) as refusal:
        await move(team, episode_id, SPECIALIST, PRACTITIONER)

    assert refusal.value.sentence == "The team lead decides on this change. Ask the team lead to record it."


async def test_a_repeated_submit_is_told_what_changed(team: ATeam) -> None:
    episode_id = (await team.accepts()).episode_id
    await move(team, episode_id, SPECIALIST)

    with pytest.raises(Conflict) as refusal:
        await move(team, episode_id, SPECIALIST)

    assert refusal.value.sentence == (
        "Someone moved this family to Specialist: getting more help from 2 March 2026 while you had the page open. "
        "Nothing that you entered was saved: compare, and decide again."
    )
    assert len(await team.published()) == 5


async def test_of_ten_moves_at_the_same_moment_one_holds(team: ATeam) -> None:
    episode_id = (await team.accepts()).episode_id

    results = await asyncio.gather(*(move(team, episode_id, SPECIALIST) for _ in range(10)), return_exceptions=True)

    assert results.count(None) == 1
    assert len(await team.published()) == 5


async def test_a_family_of_another_team_is_not_found(team: ATeam, other_team: ATeam) -> None:
    episode_id = (await other_team.accepts()).episode_id

    with pytest.raises(NotFound) as refusal:
        await move(team, episode_id, SPECIALIST)

    assert refusal.value.sentence == "This team has no such family. Look for it in the caseload."


REFUSALS: list[tuple[Support, Support, dict[str, Any], str]] = [
    (Support(Level.TARGETED), Support(Level.TARGETED), {}, "Nothing would change. Choose another level or flag."),
    (
        SPECIALIST,
        Support(Level.COMMUNITY, direct_work=False),
        {},
        "Specialist support cannot end in one step. Move to targeted or universal first.",
    ),
    (
        Support(Level.TARGETED),
        SPECIALIST,
        {"mdt_on": None},
        "Specialist support needs a discussion in the multidisciplinary team. Give its date.",
    ),
    (
        Support(Level.TARGETED),
        SPECIALIST,
        {"mdt_on": date(1999, 1, 1)},
        "The team discussion must be within the last year.",
    ),
    (
        Support(Level.TARGETED),
        Support(Level.COMMUNITY),
        {},
        "A family at community level has neither risk support nor direct work. Take both off.",
    ),
    (
        AT_RISK,
        Support(Level.COMMUNITY, direct_work=False),
        {},
        "Take risk support off first, as a move of its own.",
    ),
    (
        Support(Level.TARGETED),
        AT_RISK,
        {"effective_from": TODAY + timedelta(1)},
        "The change must be today or in the past.",
    ),
    (
        Support(Level.TARGETED),
        AT_RISK,
        {"effective_from": TODAY - timedelta(1)},
        "The change cannot be earlier than the start of the present support.",
    ),
    (Support(Level.TARGETED), AT_RISK, {"review_on": None}, "Set the date of the next review."),
    (
        Support(Level.TARGETED),
        AT_RISK,
        {"review_on": TODAY},
        "The next review must be after today and within a year.",
    ),
    (
        Support(Level.TARGETED),
        Support(Level.COMMUNITY, direct_work=False),
        {"review_on": TODAY + timedelta(5)},
        "Leave the review date empty: support ends here.",
    ),
]


@pytest.mark.parametrize(
    ("before", "to", "changes", "sentence"), REFUSALS, ids=[refusal[3][:40] for refusal in REFUSALS]
)
async def test_a_move_that_the_pathway_forbids_is_refused_and_nothing_is_stored(
    team: ATeam, before: Support, to: Support, changes: dict[str, Any], sentence: str
) -> None:
    episode_id = (await team.accepts(opening=an_opening(support=before, mdt_on=TODAY))).episode_id

    with pytest.raises(RuleBroken) as refusal:
        await move(team, episode_id, to, **changes)

    assert refusal.value.sentence == sentence
    assert (await stored(team, episode_id)).support == before
    assert len(await team.published()) == 4
