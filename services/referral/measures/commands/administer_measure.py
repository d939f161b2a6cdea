"""Enter a measure that a parent or carer answered on paper, or that a practitioner rated."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.measures.commands.keep_measure import KeepMeasure, keep_measure
from services.referral.measures.database.measures import Measures
from services.referral.measures.domain.administration import Administration, MeasureEntry, check_entry, score_entry
from services.referral.measures.domain.scoring import Score
from services.referral.people.database.families import Families
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from services.referral.support.database.episodes import Episodes
from services.referral.team.database.team_work import TeamWork


@dataclass(frozen=True)
class AdministerMeasure:
    administration_id: UUID
    """Made when the page was opened, so that a second press stores nothing twice."""
    episode_id: UUID
    entry: MeasureEntry


async def administer_measure(command: AdministerMeasure, work: TeamWork) -> Score:
    """Store answers and score, publish, and raise a task for each risk; gives the score.

    Raises:
        NotFound: this team has no such episode, nobody in the family has that id, or the session is not of this work.
        NotAllowed: the actor does not work in the team.
        RuleBroken: an answer, a day or a person cannot be right.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    episode = await Episodes(work).get_to_change(command.episode_id)
    family = await Families(work).get(episode.family_id)
    entry = check_entry(command.entry, family, episode.opened_on, work.today)
    if entry.contact_id:
        await Measures(work).check_contact(entry.contact_id, episode.id)
    score = score_entry(entry)
    given = Administration(command.administration_id, family.id, episode.id, entry, score)
    await keep_measure(KeepMeasure(given, episode), work)
    return score
