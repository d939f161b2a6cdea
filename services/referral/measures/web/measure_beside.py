"""The measure that stands beside a session's note: the one that the family is due, to be answered in the same press."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.domain.measure_due import DueMeasure
from services.referral.measures.domain.measure_pair import Taken
from services.referral.measures.queries.due_measures import due_measures
from services.referral.measures.web.forms.measure import item_field
from services.referral.measures.web.measure_pack import PackChoice, babies, carers, measures_of
from services.referral.measures.web.usual_measures import measures_at_hand
from services.referral.people.queries.family_banner import FamilyBanner
from shared.contracts.pathway_codes import MeasureTimepoint
from shared.unit_of_work import UnitOfWork
from shared.web.form_body import read_fields


@dataclass(frozen=True)
class MeasureBeside:
    definition: MeasureDefinition
    last: Taken | None
    """When and what the family answered last."""
    carers: list[PackChoice]
    babies: list[PackChoice]

    @property
    def timepoint(self) -> MeasureTimepoint:
        return MeasureTimepoint.SESSION if self.last else MeasureTimepoint.START

    @property
    def suggested(self) -> Mapping[str, Any]:
        """Who answers it: whoever did last, or the only one who can."""
        series = self.last.series if self.last else None
        return {
            "person_id": series.person_id if series else _only(self.carers),
            "baby_id": ((series.baby_id if series else None) or _only(self.babies))
            if self.definition.names_baby
            else None,
        }

    @property
    def last_value(self) -> str:
        """Of its first scale; empty when there is none."""
        scale = self.definition.scales[0].code if self.definition.scales else ""
        return f"{self.last.values[scale]:f}" if self.last and scale in self.last.values else ""

    def field_of(self, field: str) -> str:
        return item_field(field, self.definition)


async def asked_measures(work: UnitOfWork, request: Request, banner: FamilyBanner) -> Sequence[DueMeasure]:
    """The usual ones and those begun, what is due first; none when work has ended."""
    episode = banner.open_episode
    if episode is None:
        return []
    return await due_measures(work, episode.episode_id, lambda begun: measures_at_hand(request, begun), work.today)


async def measure_beside(work: UnitOfWork, request: Request, banner: FamilyBanner) -> MeasureBeside | None:
    """The first that is due and fits; of a form that was sent or kept, the one that it has."""
    asked = await asked_measures(work, request, banner)
    posted = (await read_fields(request)).get("measure", [])
    known = measures_of(request).get(posted[0]) if posted else None
    if posted and known is not None:
        found = next((one for one in asked if one.definition is known), DueMeasure(known, None, is_due=False))
    elif posted:
        return None
    else:
        found = next((one for one in asked if one.is_due and one.fits_beside_note), None)
    return MeasureBeside(found.definition, found.last, carers(banner), babies(banner)) if found else None


def _only(choices: list[PackChoice]) -> str:
    return choices[0].value if len(choices) == 1 else ""
