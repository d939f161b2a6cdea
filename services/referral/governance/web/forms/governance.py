"""Who may see a family's record, and what is decided about keeping it."""

from typing import Annotated
from uuid import UUID

from services.referral.governance.commands.restrict_family import RestrictFamily
from services.referral.governance.domain.retention import HoldReason
from services.referral.people.domain.restriction import BreakGlassFinding, RestrictionReason
from shared.contracts.vocabulary import Code
from shared.web.forms import Form
from shared.web.questions import RELOAD, Identifier, OneCode, SeveralIdentifiers, Text


class BreakGlassForm(Form):
    reason: Annotated[str, Text(longest=1000, missing="Say in a sentence why you need to see this record now")]


class RestrictForm(Form):
    seen: Annotated[UUID | None, Identifier(is_hidden=True)]
    reason: Annotated[RestrictionReason, OneCode(of=RestrictionReason, missing="Choose why the record is restricted")]
    colleagues: Annotated[frozenset[UUID], SeveralIdentifiers()]
    note: Annotated[str, Text(longest=2000, missing="Write why the record is restricted")]

    def to_command(self, family_id: UUID) -> RestrictFamily:
        return RestrictFamily(family_id, self.reason, self.note, self.colleagues, self.seen)


class LiftForm(Form):
    seen: Annotated[UUID, Identifier(missing=RELOAD, is_hidden=True)]
    lift_note: Annotated[str, Text(longest=2000, missing="Write why the record need not be restricted")]


class GlassReviewForm(Form):
    finding: Annotated[BreakGlassFinding, OneCode(of=BreakGlassFinding, missing="Choose what you found")]
    note: Annotated[str, Text(longest=2000, missing="Write what you found, and what was done about it")]


class DestructionDecision(Code):
    """On a destruction that someone proposed."""

    KEEP = "keep", "Keep the record"
    DESTROY = "destroy", "Destroy the record: nothing brings it back"


class HoldForm(Form):
    reason: Annotated[HoldReason, OneCode(of=HoldReason, missing="Choose why the record must be kept")]
    note: Annotated[str, Text(longest=2000, missing="Write which inquiry, claim or arrangement it is")]


class LiftHoldForm(Form):
    note: Annotated[str, Text(longest=2000, missing="Write why the hold is not needed any more")]


class ProposeForm(Form):
    note: Annotated[str, Text(longest=2000, missing="Write who looked through the record, and for what")]


class DestroyForm(Form):
    decision: Annotated[
        DestructionDecision, OneCode(of=DestructionDecision, missing="Choose whether the record is kept or destroyed")
    ]
