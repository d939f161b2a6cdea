"""Consent to what is the family's to choose; care itself does not rest on it. Source: reference 3.4.

A withdrawal counts from the day it is recorded and changes nothing that was done before.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from shared.contracts.family import ConsentRecorded, ConsentWithdrawn
from shared.contracts.pathway_codes import ConsentScope
from shared.contracts.vocabulary import Code
from shared.kernel.errors import Conflict, RuleBroken
from shared.kernel.same_fields import same_fields


class ConsentMethod(Code):
    FACE_TO_FACE = "face_to_face", "Spoken, face to face"
    TELEPHONE = "telephone", "Spoken, by telephone or video"
    WRITTEN = "written", "In writing"


@dataclass(frozen=True)
class ConsentDetails:
    """A choice as someone enters it."""

    person_id: UUID
    """Whom it is about."""
    given_by: UUID
    """Who chose: the person, or a parent or carer for a child."""
    scope: ConsentScope
    method: ConsentMethod
    given_on: date
    note: str | None = None
    """Anything about understanding the choice, e.g. a parent under 18 who understands it well."""


@dataclass
class Consent:
    id: UUID
    family_id: UUID
    person_id: UUID
    given_by: UUID
    scope: ConsentScope
    method: ConsentMethod
    given_on: date
    note: str | None = None
    withdrawn_on: date | None = None
    version: int = 0

    @classmethod
    def give(
        cls, consent_id: UUID, family_id: UUID, details: ConsentDetails, today: date
    ) -> "tuple[Consent, ConsentRecorded]":
        """Raises RuleBroken when the day is to come."""
        if details.given_on > today:
            raise RuleBroken("consent_on", "The day must be today or in the past.", field="given_on")
        consent = same_fields(cls, details, without="withdrawn_on version", id=consent_id, family_id=family_id)
        return consent, ConsentRecorded(family_id=family_id, scope=details.scope)

    def withdraw(self, today: date, *, seen: int) -> ConsentWithdrawn:
        """From now on.

        Raises:
            Conflict: it was withdrawn after the page was opened.
        """
        if self.withdrawn_on is not None or seen != self.version:
            raise Conflict("consent_withdrawn", "This choice was taken back already. Nothing was changed.")
        self.withdrawn_on = today
        return ConsentWithdrawn(family_id=self.family_id, scope=self.scope)
