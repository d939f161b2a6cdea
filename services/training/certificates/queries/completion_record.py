"""One completion with its certificate."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from services.training.certificates.database.certificates import Certificates
from services.training.certificates.domain.certificate import Certificate
from services.training.certificates.domain.completion import Completion
from services.training.database.course_tables import completion
from services.training.database.workforce_tables import person
from shared.contracts.slug import locality_name
from shared.database.mapping import read_row
from shared.kernel.errors import NotFound
from shared.staff.colleagues import Colleagues
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CompletionRecord:
    one: Completion
    name: str
    certificate: Certificate | None
    waived_by: str
    """Who said that they need not say how it was; empty: nobody."""

    @property
    def taught_by(self) -> str:
        """Another team's place; empty: this one's."""
        return locality_name(self.one.delivered_by or "")


async def completion_record(work: UnitOfWork, completion_id: UUID) -> CompletionRecord:
    """Raises NotFound when the team has no such completion."""
    query = (
        select(completion, person.c.given_name, person.c.family_name)
        .join(person, person.c.id == completion.c.person_id)
        .where(completion.c.id == completion_id, person.c.erased_on.is_(None))
    )
    if (row := (await work.session.execute(query)).one_or_none()) is None:
        raise NotFound("completion_unknown", "There is no such certificate. Choose one from the list.")
    one = read_row(Completion, row)
    waived_by = await Colleagues(work.session).name(one.waived_by) if one.waived_by else None
    name = f"{row.given_name} {row.family_name}".strip()
    return CompletionRecord(one, name, await Certificates(work).current(completion_id), waived_by or "")
