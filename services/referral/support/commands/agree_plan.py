"""Agree a plan with a family: one intervention or several, for whom, by whom, and how often."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.referral.people.database.consents import has_consent
from services.referral.people.database.families import Families
from services.referral.support.database.episodes import Episodes
from services.referral.support.database.plans import Plans, Trainings
from services.referral.support.database.waits import refresh_and_tell
from services.referral.support.domain.intervention import is_trained
from services.referral.support.domain.plan import Plan, PreferenceMet, Readiness, Strand, StrandDetails
from services.referral.support.packs.interventions import INTERVENTIONS
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import ConsentScope
from shared.kernel.identifiers import new_id
from shared.unit_of_work import Once, UnitOfWork


@dataclass(frozen=True)
class AgreePlan:
    episode_id: UUID
    seen: int
    """Number of the newest plan on the page; 0 when there was none."""
    agreed_on: date
    agreed_with: str
    preference: PreferenceMet
    strands: tuple[StrandDetails, ...]


async def agree_plan(command: AgreePlan, work: TeamWork) -> None:
    """Publish PlanAgreed, and WaitStopped for each wait that this ends; the strands are added to those that go on.

    Raises:
        NotFound: this team has no such episode, or nobody in the family has that id.
        NotAllowed: the actor does not work with families.
        Conflict: someone agreed a plan after the page was opened.
        RuleBroken: no strand, no training and no reason why it goes on, no consent to filming, or a wrong day.
    """
    episode = await Episodes(work).get_to_change(command.episode_id)
    family = await Families(work).get(episode.family_id)
    plans = Plans(work)
    plan = Plan(
        episode.id, await plans.next_number(episode.id), command.agreed_on, command.agreed_with, command.preference
    )
    plan.check_seen(command.seen)
    strands = [Strand(new_id(), episode.id, details, version=1) for details in command.strands]
    for strand in strands:
        family.member(strand.details.person_id)
        strand.agree(await _readiness(strand.details, family.id, work))
    work.publish(plan.agree(strands, episode.opened_on, work.actor.roles, work.today), about=Once(new_id()))
    await plans.add(plan, strands, work)
    await refresh_and_tell(work, episode)
    work.record("plan.agree", episode.family_id)


async def _readiness(details: StrandDetails, family_id: UUID, work: UnitOfWork) -> Readiness:
    entry = INTERVENTIONS[details.intervention]
    held = await Trainings(work.session).held_by(details.practitioner_id)
    return Readiness(
        is_trained=is_trained(entry, held, work.today),
        needs_filming_consent=entry.films,
        has_filming_consent=await has_consent(work, family_id, ConsentScope.FILMING),
    )
