"""A change of a family's support."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated
from uuid import UUID

from services.referral.people.domain.support import Support
from services.referral.support.commands.move_tier import MoveTier
from services.referral.support.domain.tier import TierMove
from services.referral.support.web.forms.support_flag import SupportFlag, support_of
from shared.contracts.vocabulary import FamilyAgreement, Level, TierMoveReason
from shared.kernel.same_fields import same_fields
from shared.staff.answer_words import Offered
from shared.web.date_question import DateParts
from shared.web.forms import Form
from shared.web.questions import OneCode, SeveralCodes, Text, Version
from shared.web.when import When

WITH_SUPPORT = tuple(level for level in Level if level is not Level.COMMUNITY)
"""At community level support ends, and so do reviews."""
_OF_DISCHARGE = {TierMoveReason.DISCHARGED, TierMoveReason.DISCHARGE_UNDONE}
REASONS = tuple(reason for reason in TierMoveReason if reason not in _OF_DISCHARGE)
"""A discharge is more than a change of support, and has a page of its own."""


def short_levels(levels: Iterable[Level]) -> list[Offered]:
    """To choose from, side by side: without what each level gives."""
    return [Offered(level.value, level.label.partition(":")[0]) for level in levels]


class MoveForm(Form):
    version: Version
    level: Annotated[Level, OneCode(of=Level, missing="Choose a level of support")]
    flags: Annotated[frozenset[SupportFlag], SeveralCodes(of=SupportFlag)]
    reason: Annotated[TierMoveReason, OneCode(of=TierMoveReason, missing="Choose a reason")]
    family_agreement: Annotated[
        FamilyAgreement, OneCode(of=FamilyAgreement, missing="Choose whether the family was told")
    ]
    effective_from: Annotated[date, DateParts(missing="Enter the day on which the change begins")]
    mdt_on: Annotated[date | None, DateParts(applies=When("level", Level.SPECIALIST))]
    review_on: Annotated[
        date | None,
        DateParts(missing="Set the date of the next review", applies=When("level", *WITH_SUPPORT)),
    ]
    note: Annotated[str | None, Text(longest=2000)]

    @property
    def support(self) -> Support:
        return support_of(self.level, self.flags)

    def to_command(self, episode_id: UUID) -> MoveTier:
        move = same_fields(TierMove, self, to=self.support)
        return MoveTier(episode_id, self.version, move)
