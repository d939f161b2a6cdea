"""The team's families, as far as consultation knows them: found by reference, and followed where they were merged."""

import re
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from services.consultation.consultations.domain.sharing import SHARED_WITH
from services.consultation.database.tables import family, family_consent
from shared.contracts.consultation_codes import Profession
from shared.contracts.pathway_codes import ConsentScope
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork

_REFERENCE = re.compile(r"(?:[A-Z]{2,4}[- ]?)?(20\d\d)[- ]?0*(\d{1,6})", re.IGNORECASE)
"""`BLA-2026-000110`, `2026-110`, as people write it."""


def reference_in(text: str) -> tuple[int, int] | None:
    """Its year and number; None: the text is no reference."""
    said = _REFERENCE.fullmatch(text.strip())
    return (int(said[1]), int(said[2])) if said else None


class Families:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def find(self, reference: str) -> UUID:
        """The family, or that which it was merged into.

        Raises:
            RuleBroken: it is no reference, or no family of the team has it.
        """
        if (said := reference_in(reference)) is None:
            raise RuleBroken("reference_form", "Enter a reference like BLA-2026-000110.", field="family")
        year, number = said
        known = family.c.reference_year == year, family.c.reference_number == number
        found = await self._session.scalar(select(family.c.record_id).where(*known))
        if found is None:
            sentence = "No family of this team has this reference. Check it in Referral."
            raise RuleBroken("family_unknown", sentence, field="family")
        return found

    async def agree(self, family_id: UUID, scope: ConsentScope, *, agrees: bool) -> None:
        """What was said last holds."""
        await self._session.execute(_AGREE, {"family_id": family_id, "scope": scope.value, "agrees": agrees})

    async def agrees(self, family_id: UUID, profession: Profession) -> bool:
        """The record has it that the team may share with this profession, and no record that was merged says no."""
        if (scope := SHARED_WITH.get(profession)) is None:
            return False
        its = family_consent.join(family, family.c.id == family_consent.c.family_id)
        said = select(func.bool_and(family_consent.c.agrees)).select_from(its)
        holds = said.where(family.c.record_id == family_id, family_consent.c.scope == scope.value)
        return await self._session.scalar(holds) is True

    async def follow_merges(self) -> None:
        """Whose record each is today: its own, or at the end of a way of merges."""
        await self._session.execute(_FOLLOW_MERGES)


_CONSENT = insert(family_consent)
_AGREE = _CONSENT.on_conflict_do_update(
    index_elements=["family_id", "scope"], set_={"agrees": _CONSENT.excluded.agrees}
)

_FOLLOW_MERGES = text("""
WITH RECURSIVE way AS (
    SELECT id, id AS record_id FROM family WHERE merged_into IS NULL
    UNION ALL SELECT family.id, way.record_id FROM family JOIN way ON family.merged_into = way.id
)
UPDATE family SET record_id = way.record_id FROM way
WHERE way.id = family.id AND family.record_id IS DISTINCT FROM way.record_id
""")
