"""Steps of the work with Leonie, Dan and Shannon, from assessment to discharge; for tests."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.referral.database.clinical_tables import strand
from services.referral.support.commands.agree_plan import AgreePlan, agree_plan
from services.referral.support.commands.complete_assessment import CompleteAssessment, complete_assessment
from services.referral.support.commands.record_training import RecordTraining, record_training
from services.referral.support.commands.set_goal import SetGoal, set_goal
from services.referral.support.database.episodes import Episodes
from services.referral.support.domain.assessment import AssessmentDetails
from services.referral.support.domain.ending import DischargeDetails
from services.referral.support.domain.episode import Episode
from services.referral.support.domain.intervention import Course, HeldTraining
from services.referral.support.domain.plan import PreferenceMet, StrandDetails
from services.referral.support.domain.review import Review
from shared.contracts.intervention import Intervention
from shared.contracts.pathway_codes import EpisodeEnding, MissingMeasure
from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor
from tests.referral.contacts.builders import AFamily

LEAD = an_actor(Role.TEAM_LEAD)
ADMINISTRATOR = an_actor(Role.TEAM_ADMINISTRATOR)

ASSESSED = AssessmentDetails(
    completed_on=TODAY,
    story="Leonie told of the birth, and of the weeks on the unit.",
    strengths="She sings.",
    needs="To feel safe enough to be with Shannon.",
    feeding="Bottles go well; the breast hurts.",
    safety="No worry at present.",
    infant_voice="Shannon looks for her mother's voice.",
    without_baseline=MissingMeasure.DISTRESS,
)

ENDED = DischargeDetails(
    ended_on=TODAY,
    ending=EpisodeEnding.COMPLETED,
    what_changed="Leonie knows what Shannon needs.",
    infant_voice="Shannon reaches for her mother.",
    onward="The health visitor goes on.",
    without_measures=MissingMeasure.DECLINED,
)


async def assess(family: AFamily, seen: int = 0, actor: Actor | None = None, **changes: Any) -> None:
    async with family.team.begin(actor or family.practitioner) as work:
        details = replace(ASSESSED, **changes)
        await complete_assessment(CompleteAssessment(family.episode_id, seen, details), work)


async def set_a_goal(
    family: AFamily, words: str = "To enjoy bath time together", rating: int = 2, **changes: Any
) -> UUID:
    command = SetGoal(new_id(), family.episode_id, family.leonie, words, TODAY, rating)
    command = replace(command, **changes)
    async with family.team.begin(family.practitioner) as work:
        await set_goal(command, work)
    return command.goal_id


def a_strand(family: AFamily, **changes: Any) -> StrandDetails:
    """Baby states and cues for Shannon, three sessions: it asks for no training of its own."""
    details = StrandDetails(Intervention.STATES_AND_CUES, family.shannon, family.practitioner.id, 3)
    return replace(details, **changes)


async def agree(family: AFamily, *strands: StrandDetails, seen: int = 0, actor: Actor | None = None) -> list[UUID]:
    """Gives the ids of all strands of the family, in their order."""
    command = AgreePlan(
        family.episode_id, seen, TODAY, "Leonie and Dan", PreferenceMet.MET, strands or (a_strand(family),)
    )
    async with family.team.begin(actor or family.practitioner) as work:
        await agree_plan(command, work)
    async with family.team.engine.connect() as connection:
        return list(await connection.scalars(select(strand.c.id).order_by(strand.c.plan_number, strand.c.id)))


async def train(team: ATeam, colleague_id: UUID, course: Course, until_on: date | None = None) -> None:
    async with team.begin(LEAD) as work:
        await record_training(RecordTraining(colleague_id, HeldTraining(course, date(2024, 1, 8), until_on)), work)


def a_review(family: AFamily, **changes: Any) -> Review:
    review = Review(
        new_id(),
        family.episode_id,
        TODAY,
        "Shannon smiles at Leonie.",
        "Leonie feels closer to her.",
        "We go on as planned.",
        date(2026, 5, 25),
    )
    return replace(review, **changes)


async def episode_of(family: AFamily) -> Episode:
    async with family.team.begin(family.practitioner) as work:
        return await Episodes(work).get(family.episode_id)


async def told_to_the_region(team: ATeam, fact: str) -> list[Any]:
    """The bodies of what the region was told, such as `episode_discharged`."""
    return [body for kind, body in await team.published("region") if kind == f"uk.pairs.regional.{fact}.v1"]


async def told(team: ATeam, name: str) -> list[dict[str, Any]]:
    """The bodies of the published events of one kind, e.g. `plan.agreed`."""
    return [body for kind, body in await team.published() if kind == f"uk.pairs.{name}.v1"]
