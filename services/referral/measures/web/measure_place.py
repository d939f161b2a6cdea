"""Where a form about a measure of a family is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from starlette.requests import Request

from services.referral.measures.domain.administration import Subject
from services.referral.measures.domain.measure import MeasureDefinition
from services.referral.measures.web.measure_pack import babies, carers, definition_of
from services.referral.people.web.family_page import FamilyPlace, in_family, read_family
from shared.contracts.pathway_codes import MeasureTimepoint
from shared.staff.answer_words import Choice
from shared.staff.form_page import Site
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class MeasurePlace(FamilyPlace):
    """A family and a measure of the team's."""

    definition: MeasureDefinition

    @property
    def shown(self) -> dict[str, Any]:
        """What each template of a measure needs."""
        return {
            "definition": self.definition,
            "carers": carers(self.banner),
            "babies": babies(self.banner),
            "timepoints": list(MeasureTimepoint),
        }

    def about(self, said: Subject) -> Subject:
        """Whom it is about: a measure of the carer alone names no baby, whatever a form says."""
        return said if self.definition.names_baby else replace(said, baby_id=None)

    @property
    def choices(self) -> Mapping[str, Sequence[Choice]]:
        return {"person_id": carers(self.banner), "baby_id": babies(self.banner)}


async def read_measure(work: UnitOfWork, request: Request, family_id: UUID, measure: str = "") -> MeasurePlace:
    banner = await read_family(work, family_id, "measure.read")
    return MeasurePlace(banner, work.today, definition_of(request, measure))


MEASURE = Site(read_measure, in_family("measures", "/measures/choose"))
