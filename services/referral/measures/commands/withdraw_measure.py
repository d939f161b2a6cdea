"""Take out a measure that was entered by mistake, such as with the wrong family; it stays on record as a mistake."""

from dataclasses import dataclass
from uuid import UUID

from services.referral.measures.commands.correct_measure import check_reason, check_stands
from services.referral.measures.commands.tell_change import TellChange, tell_change
from services.referral.measures.database.measures import Measures
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.staff.domain.capabilities import CAPABILITIES, RECORD
from services.referral.support.database.episodes import Episodes
from services.referral.support.database.waits import refresh_and_tell
from services.referral.team.database.team_work import TeamWork


@dataclass(frozen=True)
class WithdrawMeasure:
    withdrawal_id: UUID
    administration_id: UUID
    """The entry on the page that the actor takes out."""
    reason: str
    """Why, in the team's own words."""
    definition: MeasureDefinition | None
    """Of the measure; None: the team has it no more."""


async def withdraw_measure(command: WithdrawMeasure, work: TeamWork) -> None:
    """Publish as `tell_change`, and WaitStopped or WaitWentOn.

    It counts for no score, pair or baseline any more. A task that it raised stays: someone must answer it.

    Raises:
        NotFound: this team has no such measure.
        NotAllowed: the actor does not work in the team.
        Conflict: it was corrected or taken out after the page was opened.
        RuleBroken: nobody says why.
    """
    CAPABILITIES.check(work.actor.roles, RECORD)
    measures = Measures(work)
    before = await measures.get_to_correct(command.administration_id)
    episode = await Episodes(work).get_to_change(before.episode_id)
    check_stands(before)
    check_reason(command.reason)
    await measures.withdraw(command.withdrawal_id, before.id, command.reason, work.actor.id, work.now)
    await tell_change(TellChange(episode.id, before.series, command.definition), work)
    await refresh_and_tell(work, episode)
    work.record("measure.withdraw", before.family_id)
