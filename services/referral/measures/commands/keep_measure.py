"""Keep what was answered to a measure, and say what follows from it; other commands, which have checked it, do this."""

from dataclasses import dataclass

from services.referral.measures.database.measures import Measures
from services.referral.measures.domain.administration import Administration, measure_of
from services.referral.measures.domain.measure import AlertKind
from services.referral.measures.domain.measure_change import overall
from services.referral.measures.domain.measure_pair import pair, paired_changes
from services.referral.staff.commands.raise_task import RaiseTask, raise_task
from services.referral.support.database.waits import refresh_and_tell
from services.referral.support.domain.episode import Episode
from services.referral.team.database.team_work import TeamWork
from shared.contracts.measure import ChangeMeasured
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
    """Publish MeasureRecorded, ChangeMeasured once there are two scores, and WaitStopped for each wait that this ends;
    raise a task for each risk.

    Gives False, and does nothing, when it is stored already: a page can be sent twice.
    """
    given = command.administration
    events = [given.recorded(), *await _change(given, work)]
    given.version = len(events)
    if not await Measures(work).add(given, work.actor.id, work.now):
        return False
    given.version = 0
    for event in events:
        work.publish(event, about=given)
    await refresh_and_tell(work, command.episode)
    await _raise_tasks(given, work)
    work.record("measure.record", given.family_id)
    return True


async def _change(given: Administration, work: UnitOfWork) -> list[ChangeMeasured]:
    superseded = given.correction.supersedes if given.correction else None
    taken = await Measures(work).taken(given.episode_id, without=superseded)
    same = [one for one in (*taken, given.taken) if one.series == given.taken.series]
    found = overall(paired_changes(given.entry.definition, pair(same)).values())
    if found is None:
        return []
    return [
        ChangeMeasured(
            administration_id=given.id,
            episode_id=given.episode_id,
            measure=measure_of(given.entry.definition.code),
            change=found.change_class,
            is_crossed_without_reliable_change=found.crossed_without_reliable_change,
        )
    ]


async def _raise_tasks(given: Administration, work: UnitOfWork) -> None:
    """About the first of a chain of corrections, so that a slip that is put right asks nobody twice."""
    for alert in given.score.alerts:
        items = ", ".join(alert.items)
        detail = f"{given.entry.definition.code}, item {items}"
        await raise_task(RaiseTask(given.family_id, _TASKS[alert.kind], given.first_id, given.episode_id, detail), work)
