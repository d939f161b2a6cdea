"""A family with a baby and two carers, and measures of theirs, for tests."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.referral.database.contact_tables import task
from services.referral.database.measure_tables import measure_administration
from services.referral.measures.commands.administer_measure import AdministerMeasure, administer_measure
from services.referral.measures.domain.administration import MeasureEntry, Subject
from services.referral.measures.domain.scoring import Answer
from services.referral.measures.packs.measures import OURS, load_measures
from services.referral.people.database.families import Families
from shared.contracts.pathway_codes import MeasureTimepoint
from shared.contracts.vocabulary import Role
from shared.kernel.identifiers import new_id
from tests.referral.a_team import ATeam
from tests.referral.builders import TODAY, an_actor

PRACTITIONER = an_actor(Role.PRACTITIONER)
PACK = Path(__file__).with_name("packs")
"""A team's own: a form with invented questions, so that a link can show it."""
TEAM_MEASURES = load_measures([OURS, PACK])


@dataclass(frozen=True)
class TheFamily:
    """Leonie and Dan, with Shannon."""

    family_id: UUID
    episode_id: UUID
    shannon: UUID
    leonie: UUID
    dan: UUID

    @property
    def leonie_with_shannon(self) -> Subject:
        return Subject(self.leonie, self.shannon)


async def the_family(team: ATeam) -> TheFamily:
    """Accepted today."""
    accepted = await team.accepts()
    async with team.begin(PRACTITIONER) as work:
        family = await Families(work).get(accepted.family_id)
    leonie, dan = (carer.id for carer in family.carers)
    return TheFamily(accepted.family_id, accepted.episode_id, family.babies[0].id, leonie, dan)


def answers(*given: int) -> dict[str, Answer | None]:
    """Answers to items 1, 2, 3 and so on."""
    return {str(number): answer for number, answer in enumerate(given, start=1)}


def phq9(total: int, *, self_harm: int = 0) -> dict[str, Answer | None]:
    """Answers to the PHQ-9 that sum to this."""
    rest = total - self_harm
    return answers(*(min(3, max(0, rest - 3 * place)) for place in range(8)), self_harm)


def an_entry(
    code: str, subject: Subject, given: Mapping[str, Answer | None], *, on: date = TODAY, **changes: Any
) -> MeasureEntry:
    definition = TEAM_MEASURES[code]
    usual: dict[str, Any] = {"respondent": definition.respondents[0], "timepoint": MeasureTimepoint.START}
    return MeasureEntry(definition=definition, subject=subject, answered_on=on, answers=given, **(usual | changes))


async def enters(team: ATeam, family: TheFamily, entry: MeasureEntry, *, actor: Any = PRACTITIONER) -> UUID:
    """A practitioner enters a measure; gives its id."""
    administration_id = new_id()
    async with team.begin(actor) as work:
        await administer_measure(AdministerMeasure(administration_id, family.episode_id, entry), work)
    return administration_id


async def stored(team: ATeam) -> list[Any]:
    """The administrations in the order in which they were stored."""
    async with team.engine.connect() as connection:
        rows = await connection.execute(select(measure_administration).order_by(measure_administration.c.recorded_at))
        return list(rows)


async def tasks_of(team: ATeam, family: TheFamily) -> list[Any]:
    async with team.engine.connect() as connection:
        return list(await connection.execute(select(task).where(task.c.family_id == family.family_id)))


async def published(team: ATeam, kind: str) -> list[Any]:
    """The bodies of the events `uk.pairs.<kind>.v1`."""
    return [body for type_, body in await team.published() if type_ == f"uk.pairs.{kind}.v1"]
