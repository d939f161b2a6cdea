"""The team's families, as far as consultation knows them: found by reference, and followed where they were merged."""

import re
from uuid import UUID

from sqlalchemy import select, text

from services.consultation.database.tables import family
from shared.kernel.errors import RuleBroken
from shared.unit_of_work import UnitOfWork

_REFERENCE = re.compile(r"(?:[A-Z]{2,4}[- ]?)?(20\d\d)[- ]?0*(\d{1,6})", re.IGNORECASE)
"""`BLA-2026-000110`, `2026-110`, as people write it."""


class Families:
    """Those of one team."""

    def __init__(self, work: UnitOfWork) -> None:
        self._session = work.session

    async def find(self, reference: str) -> UUID:
        """The family, or that which it was merged into.

        Raises:
            RuleBroken: it is no reference, or no family of the team has it.
        """
        if (said := _REFERENCE.fullmatch(reference.strip())) is None:
            raise RuleBroken("reference_form", "Enter a reference like BLA-2026-000110.", field="family")
        known = family.c.reference_year == int(said[1]), family.c.reference_number == int(said[2])
        found = await self._session.scalar(select(family.c.record_id).where(*known))
        if found is None:
            sentence = "No family of this team has this reference. Check it in Referral."
            raise RuleBroken("family_unknown", sentence, field="family")
        return found

    async def follow_merges(self) -> None:
        """Whose record each is today: its own, or at the end of a way of merges."""
        await self._session.execute(_FOLLOW_MERGES)


_FOLLOW_MERGES = text("""
WITH RECURSIVE way AS (
    SELECT id, id AS record_id FROM family WHERE merged_into IS NULL
    UNION ALL SELECT family.id, way.record_id FROM family JOIN way ON family.merged_into = way.id
)
UPDATE family SET record_id = way.record_id FROM way
WHERE way.id = family.id AND family.record_id IS DISTINCT FROM way.record_id
""")
