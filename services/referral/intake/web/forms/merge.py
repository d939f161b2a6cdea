"""A merge of two records that are of one family, and its undoing."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from services.referral.intake.commands.merge_families import MergeFamilies
from services.referral.intake.commands.undo_merge import UndoMerge
from services.referral.intake.domain.merge import SamePerson
from shared.web.form_body import Fields
from shared.web.forms import Form
from shared.web.questions import Circumstances, Identifier, Question, Text, Version, WrongAnswer


def pair_value(gone: UUID, stays: UUID) -> str:
    """Of the checkbox that says that two people are one."""
    return f"{gone}.{stays}"


@dataclass(frozen=True, kw_only=True)
class PairsOfPeople(Question):
    """Checkboxes, each for two people who are one; gives pairs of ids."""

    wrong: str = "Choose from the list only"

    def read(self, field: str, posted: Fields, circumstances: Circumstances) -> Any:  # noqa: ARG002
        try:
            pairs = [value.split(".") for value in posted.get(field, []) if value]
            return tuple((UUID(gone), UUID(stays)) for gone, stays in pairs)
        except ValueError:
            raise WrongAnswer(self.wrong) from None


class MergeForm(Form):
    other: Annotated[UUID, Identifier(missing="Choose the other family", is_hidden=True)]
    kept_version: Version
    merged_version: Version
    same: Annotated[tuple[SamePerson, ...], PairsOfPeople()]
    reason: Annotated[str, Text(longest=2000, missing="Write how you know that it is one family")]

    def to_command(self, kept_id: UUID) -> MergeFamilies:
        return MergeFamilies(kept_id, self.other, self.kept_version, self.merged_version, self.reason, self.same)


class UndoMergeForm(Form):
    reason: Annotated[str, Text(longest=2000, missing="Write how you know that they are two families")]

    def to_command(self, merge_id: UUID) -> UndoMerge:
        return UndoMerge(merge_id, self.reason)
