"""A parent or carer answers a measure by their link."""

from dataclasses import dataclass, field

from services.referral.measures.commands.keep_measure import KeepMeasure, keep_measure
from services.referral.measures.database.measure_requests import MeasureRequests
from services.referral.measures.domain.administration import Administration, MeasureEntry, score_entry
from services.referral.measures.domain.measure import MeasureDefinition, Respondent
from services.referral.measures.domain.scoring import Answers
from services.referral.people.database.families import Families
from services.referral.support.database.episodes import Episodes
from services.referral.team.database.team_work import TeamWork
from shared.kernel.identifiers import new_id


@dataclass(frozen=True)
class AnswerMeasure:
    definition: MeasureDefinition
    answers: Answers
    token: str = field(repr=False)


async def answer_measure(command: AnswerMeasure, work: TeamWork) -> None:
    """Store answers and score, once; publish, and raise a task for each risk.

    Raises:
        NotFound: no link has this token.
        Conflict: it was answered before.
        RuleBroken: the link is no longer good, or an answer cannot be right.
    """
    requests = MeasureRequests(work)
    episode = await Episodes(work).get_to_change((await requests.find(command.token)).episode_id)
    request = await requests.find_to_change(command.token)
    family = await Families(work).get(request.family_id)
    request.answer(family, command.definition, work.now)
    entry = MeasureEntry(
        definition=command.definition,
        subject=request.subject,
        respondent=Respondent.CAREGIVER,
        timepoint=request.timepoint,
        answered_on=work.today,
        answers=command.answers,
        variant=request.variant,
        request_id=request.id,
    )
    given = Administration(new_id(), family.id, request.episode_id, entry, score_entry(entry))
    await requests.save(request)
    await keep_measure(KeepMeasure(given, episode), work)
