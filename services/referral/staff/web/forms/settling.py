"""What every form that ends work asks about what is still open on it."""

from collections.abc import Mapping, Sequence
from typing import Annotated
from uuid import UUID

from services.referral.staff.domain.still_open import OpenThing, Settling, safety_in
from shared.staff.answer_words import Ask
from shared.web.forms import Form
from shared.web.questions import Identifier, YesOrNo

SETTLING_ASKS: Mapping[str, Ask] = {
    "safety_to": Ask(
        "Who answers what is about safety", "Answer it first if you can. Otherwise it becomes this colleague’s task"
    ),
    "is_seen": Ask("Can it end with the rest still open?", "Appointments to come are cancelled when the work ends"),
}
WHEN_OPEN = "staff/still-open.html"
"""What stands above such a form."""


class SafetyToForm(Form):
    """Of what ends while the work with the family goes on."""

    safety_to: Annotated[UUID | None, Identifier()]


class SettlingForm(SafetyToForm):
    is_seen: Annotated[bool | None, YesOrNo()]

    @property
    def settling(self) -> Settling:
        return Settling(self.safety_to, self.is_seen is True)


def not_asked(things: Sequence[OpenThing]) -> frozenset[str]:
    """The questions that cannot apply, because nothing of the kind is open."""
    safety = safety_in(things)
    needless = {"safety_to": not safety, "is_seen": len(safety) == len(things)}
    return frozenset(name for name, is_needless in needless.items() if is_needless)
