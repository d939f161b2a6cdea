"""Say what has changed since the first score of a measure; other commands, which have stored something, do this."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from services.referral.measures.database.measures import Measures
from services.referral.measures.domain.administration import measure_of
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_change import overall
from services.referral.measures.domain.measure_pair import Pair, Series, pair, paired_changes
from shared.contracts.measure import ChangeMeasured, ChangeUndone
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class TellChange:
    episode_id: UUID
    series: Series
    """Of what was stored."""
    definition: MeasureDefinition | None
    """None: the team has it no more, so nothing can be said of a change."""


async def tell_change(command: TellChange, work: UnitOfWork) -> None:
    """Publish ChangeMeasured once there are two scores, or another one; ChangeUndone when there are no two any more.

    It is about the series, not about a score: what was told of the series before holds no more.
    """
    series, about = command.series, _about(command.episode_id, command.series)
    taken = await Measures(work).taken(command.episode_id)
    event = _measured(command, pair(one for one in taken if one.series == series))
    if event is not None:
        await work.publish_news(event, about)
    elif (said := await work.said_of(about)) and said.type == ChangeMeasured.type:
        undone = ChangeUndone(episode_id=command.episode_id, measure=measure_of(series.code))
        await work.publish_news(undone, about)


def _about(episode_id: UUID, series: Series) -> UUID:
    parts = (series.code, series.version, series.variant, series.respondent, series.person_id, series.baby_id)
    return uuid5(episode_id, "|".join(str(one) for one in parts))


def _measured(command: TellChange, pairs: tuple[Pair, ...]) -> ChangeMeasured | None:
    found = overall(paired_changes(command.definition, pairs).values()) if command.definition else None
    if found is None:
        return None
    last = max((one.last for one in pairs), key=lambda one: one.on)
    return ChangeMeasured(
        administration_id=last.id,
        episode_id=command.episode_id,
        measure=measure_of(command.series.code),
        change=found.change_class,
        is_crossed_without_reliable_change=found.crossed_without_reliable_change,
        measured_on=last.on,
        was_clinical=found.was_clinical,
    )
