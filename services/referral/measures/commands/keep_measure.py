"""Keep what was answered to a measure, and say what follows from it; other commands, which have checked it, do this."""

from dataclasses import dataclass

from services.referral.measures.commands.tell_change import TellChange, tell_change
from services.referral.measures.database.measures import Measures
from services.referral.measures.domain.administration import Administration
from services.referral.measures.domain.measure import AlertKind
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.support.database.waits import refresh_and_tell
from services.referral.support.domain.episode import Episode
from services.referral.team.database.team_work import TeamWork
from shared.contracts.pathway_codes import TaskKind
from shared.unit_of_work import UnitOfWork

_TASKS = {
    AlertKind.SELF_HARM: TaskKind.SELF_HARM_ANSWER,
    AlertKind.SAFEGUARDING: TaskKind.SAFEGUARDING_ANSWER,
}


@dataclass(frozen=True)
class KeepMeasure:
    administration: Administration
    episode: Episode
    """Locked by whoever checked it, before anything was stored."""


async def keep_measure(command: KeepMeasure, work: TeamWork) -> bool:
    """Publish MeasureRecorded, as `tell_change` what has changed since the first score, and WaitStopped for each wait
    that this ends; raise a task for each risk.

    Gives False, and does nothing, when it is stored already: a page can be sent twice.
    """
    given = command.administration
    given.version = 1
    if not await Measures(work).add(given, work.actor.id, work.now):
        return False
    given.version = 0
    work.publish(given.recorded(), about=given)
    await tell_change(TellChange(given.episode_id, given.taken.series, given.entry.definition), work)
    await refresh_and_tell(work, command.episode)
    await _raise_tasks(given, work)
    work.record("measure.record", given.family_id)
    return True


async def _raise_tasks(given: Administration, work: UnitOfWork) -> None:
    """About the first of a chain of corrections, so that a slip that is put right asks nobody twice."""
    for alert in given.score.alerts:
        items = ", ".join(alert.items)
        detail = f"{given.entry.definition.code}, item {items}"
        await raise_task(RaiseTask(given.family_id, _TASKS[alert.kind], given.first_id, given.episode_id, detail), work)
