"""Complete the assessment of a family, or change what was written."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.support.database.assessments import Assessments, keep_assessment
from services.referral.support.database.episodes import Episodes
from services.referral.support.database.progress import read_progress
from services.referral.support.database.waits import refresh_and_tell
from services.referral.support.domain.assessment import Assessment, AssessmentDetails
from services.referral.team.database.team_work import TeamWork
from shared.kernel.identifiers import new_id


@dataclass(frozen=True)
class CompleteAssessment:
    episode_id: UUID
    seen: int
    """Version of the assessment on the page; 0 when there was none."""
    details: AssessmentDetails


async def complete_assessment(command: CompleteAssessment, work: TeamWork) -> None:
    """Publish AssessmentCompleted, and WaitStopped for each wait that this ends; an earlier version is kept.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the actor does not work with families.
        Conflict: someone wrote or changed it after the page was opened.
        RuleBroken: nobody has met the family, a measure or a reason is missing, or something is empty.
    """
    episode = await Episodes(work).get_to_change(command.episode_id)
    assessments = Assessments(work)
    progress = await read_progress(work, episode.id)
    stored = await assessments.of_episode(episode.id)
    assessment = stored or Assessment(new_id(), episode.id, command.details)
    if stored:
        await keep_assessment(work, stored)
    completed = assessment.change(command.details, progress, work.actor.roles, work.today, seen=command.seen)
    work.publish(completed, about=assessment)
    await (assessments.save(assessment, work) if stored else assessments.add(assessment, work))
    await refresh_and_tell(work, episode)
    work.record("assessment.complete", episode.family_id)
