"""Say why a measure was not completed. Care never waits for one."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.measures.database.measures import Measures
from services.referral.measures.domain.administration import Subject, check_subject_of, measure_of
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_skip import MeasureSkip
from services.referral.people.database.families import Families
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from services.referral.support.database.episodes import Episodes
from shared.contracts.measure import MeasureSkipped
from shared.contracts.pathway_codes import MeasureTimepoint, MissingMeasure
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class SkipMeasure:
    skip_id: UUID
    """Made when the page was opened, so that a second press stores nothing twice."""
    episode_id: UUID
    definition: MeasureDefinition
    subject: Subject
    timepoint: MeasureTimepoint
    reason: MissingMeasure


async def skip_measure(command: SkipMeasure, work: UnitOfWork) -> None:
    """Publish MeasureSkipped.

    Raises:
        NotFound: this team has no such episode, or nobody in the family has that id.
        NotAllowed: the actor does not work in the team.
        RuleBroken: the person is no carer, or no baby is named.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    episode = await Episodes(work).get(command.episode_id)
    family = await Families(work).get(episode.family_id)
    subject = check_subject_of(command.definition, command.subject, family)
    skip = MeasureSkip(
        command.skip_id, family.id, episode.id, command.definition.code, subject, command.timepoint, command.reason
    )
    if not await Measures(work).add_skip(skip, work.actor.id, work.now, work.today):
        return
    skipped = MeasureSkipped(
        episode_id=episode.id,
        measure=measure_of(command.definition.code),
        timepoint=command.timepoint,
        reason=command.reason,
    )
    work.publish(skipped, about=skip)
    work.record("measure.skip", family.id)
