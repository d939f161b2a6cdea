import asyncio
from dataclasses import astuple
from typing import Any
from uuid import UUID

import pytest

from services.referral.intake.commands.accept_referral import AcceptedFamily, AcceptReferral, accept_referral
from services.referral.intake.commands.close_referral import CloseReferral, close_referral
from services.referral.intake.database.referrals import Referrals
from services.referral.intake.domain.referral import ReferralState
from services.referral.people.database.families import Families
from services.referral.people.domain.family import Involvement, MemberKind
from services.referral.people.domain.people import Relationship
from services.referral.people.domain.support import Support
from services.referral.people.queries.family_banner import family_banner
from services.referral.support.database.episodes import Episodes
from services.referral.support.queries.tier_history import tier_history
from shared.contracts.vocabulary import DeclineReason, Level, Role, TriageOutcome, Urgency
from shared.kernel.actor import Actor
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from tests.referral.a_team import ATeam
from tests.referral.builders import NOW, TODAY, an_actor, an_opening

PRACTITIONER = an_actor(Role.PRACTITIONER)


async def accept(
    team: ATeam, referral_id: UUID, actor: Actor = PRACTITIONER, seen: int = 1, **opening: Any
) -> AcceptedFamily:
    async with team.begin(actor) as work:
        command = AcceptReferral(referral_id, seen, Urgency.URGENT, an_opening(**opening))
        return await accept_referral(command, work)


async def state_of(team: ATeam, referral_id: UUID) -> ReferralState:
    async with team.begin(PRACTITIONER) as work:
        return (await Referrals(work).get(referral_id)).state


async def test_a_practitioner_accepts_and_the_family_has_support_at_once(team: ATeam) -> None:
    receipt = await team.receives()

    episode_id = (await accept(team, receipt.referral_id)).episode_id

    async with team.begin(PRACTITIONER) as work:
        episode = await Episodes(work).get(episode_id)
        history = await tier_history(work, episode_id)
    assert episode.support == Support(Level.TARGETED)
    assert [(line.decided_by, line.decided_at, line.reason) for line in history] == [(PRACTITIONER.id, NOW, None)]
    assert await state_of(team, receipt.referral_id) is ReferralState.ACCEPTED


async def test_the_people_whom_the_referral_names_become_a_family_with_a_dyad_for_each_carer(team: ATeam) -> None:
    family_id = (await team.accepts()).family_id

    async with team.begin(PRACTITIONER) as work:
        family = await Families(work).get(family_id)
        banner = await family_banner(work, family_id, TODAY)
    assert [(one.person.name, one.kind) for one in family.members] == [
        ("Shannon Example", MemberKind.BABY),
        ("Leonie Example", MemberKind.CARER),
        ("Dan Example", MemberKind.CARER),
    ]
    assert [(one.relationship, one.involvement, one.is_primary) for one in family.dyads] == [
        (Relationship.BIRTH_PARENT, Involvement.INVOLVED, True),
        (Relationship.FATHER, Involvement.NOT_KNOWN, False),
    ]
    assert (banner.heading, banner.babies[0].age, banner.is_multiple) == ("Shannon Example", "4 months", False)


async def test_acceptance_and_opening_are_published_with_the_wait(team: ATeam) -> None:
    receipt = await team.receives()
    team.now = NOW.replace(day=10)

    family_id, episode_id = astuple(await accept(team, receipt.referral_id))

    assert (await team.published())[1:] == [
        (
            "uk.pairs.referral.accepted.v1",
            {
                "referral_id": str(receipt.referral_id),
                "episode_id": str(episode_id),
                "urgency": "urgent",
                "decided_on": "2026-03-10",
                "triage_days": 8,
                "triage_working_days": 6,
            },
        ),
        ("uk.pairs.family.recorded.v1", {"family_id": str(family_id), "reference_year": 2026, "reference_number": 1}),
        (
            "uk.pairs.episode.opened.v1",
            {
                "episode_id": str(episode_id),
                "referral_id": str(receipt.referral_id),
                "level": "targeted",
                "risk_support": False,
                "direct_work": True,
                "opened_on": "2026-03-10",
                "review_on": "2026-05-25",
            },
        ),
    ]
    assert ("referral.accept", receipt.referral_id) in await team.audited()


@pytest.mark.parametrize("role", [Role.TEAM_ADMINISTRATOR, Role.REGIONAL_LEAD])
async def test_others_may_not_accept(team: ATeam, role: Role) -> None:
    receipt = await team.receives()

    with pytest.raises(NotAllowed) as refusal:
        await accept(team, receipt.referral_id, an_actor(role))

    assert refusal.value.sentence == "A practitioner or the team lead decides on a referral. Ask one of them."
    assert await state_of(team, receipt.referral_id) is ReferralState.RECEIVED


async def test_a_repeated_submit_is_told_of_the_first_and_opens_no_second_episode(team: ATeam) -> None:
    receipt = await team.receives()
    await accept(team, receipt.referral_id)

    with pytest.raises(Conflict) as refusal:
        await accept(team, receipt.referral_id)

    assert refusal.value.sentence == ("This referral was accepted on 2 March 2026. Nothing that you entered was saved.")
    assert len(await team.published()) == 4


async def test_of_two_decisions_at_the_same_moment_one_holds(team: ATeam) -> None:
    receipt = await team.receives()

    async def close() -> None:
        async with team.begin(an_actor(Role.TEAM_LEAD)) as work:
            command = CloseReferral(
                receipt.referral_id, 1, TriageOutcome.DECLINED, DeclineReason.OUT_OF_AREA, "Told the health visitor."
            )
            await close_referral(command, work)

    results = await asyncio.gather(accept(team, receipt.referral_id), close(), return_exceptions=True)

    assert [type(result) for result in results].count(Conflict) == 1
    assert len(await team.published()) in (2, 4)


async def test_a_page_of_another_version_is_a_conflict(team: ATeam) -> None:
    receipt = await team.receives()

    with pytest.raises(Conflict) as refusal:
        await accept(team, receipt.referral_id, seen=7)

    assert refusal.value.sentence == (
        "This referral was changed while you had the page open. Nothing that you entered was saved."
    )


async def test_a_referral_of_another_team_is_not_found(team: ATeam, other_team: ATeam) -> None:
    receipt = await other_team.receives()

    with pytest.raises(NotFound) as refusal:
        await accept(team, receipt.referral_id)

    assert refusal.value.sentence == "This team has no such referral. Look for it in the triage queue."


@pytest.mark.parametrize(
    ("opening", "sentence"),
    [
        (
            {"support": Support(Level.COMMUNITY)},
            "A family at community level has no record with this team. Choose another level, or close the referral.",
        ),
        (
            {"support": Support(Level.SPECIALIST)},
            "Specialist support needs a discussion in the multidisciplinary team. Give its date.",
        ),
        ({"review_on": TODAY}, "The next review must be after today and within a year."),
        ({"mdt_on": TODAY.replace(year=2027)}, "The team discussion must be within the last year."),
    ],
)
async def test_work_that_cannot_begin_so_is_refused_and_nothing_is_stored(
    team: ATeam, opening: dict[str, Any], sentence: str
) -> None:
    receipt = await team.receives()

    with pytest.raises(RuleBroken) as refusal:
        await accept(team, receipt.referral_id, **opening)

    assert refusal.value.sentence == sentence
    assert await state_of(team, receipt.referral_id) is ReferralState.RECEIVED
    assert len(await team.published()) == 1
