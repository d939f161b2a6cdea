"""A number that someone left: one of the team calls or texts it, in the way that is safe, and asks the rest."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.referral.people.domain.safe_contact import SafeContact
from services.referral.staff.domain.capabilities import ASK_REFERRER, CAPABILITIES
from shared.contracts.vocabulary import Role, SourceGroup
from shared.kernel.errors import RuleBroken, changed_meanwhile

KEPT = timedelta(days=2 * 365 + 1)
"""After the answer. It is no part of anyone's record, as a referral that was not accepted is none.

Source: Records Management Code of Practice 2021, referrals not accepted, 2 years (not verified).
"""


def answered_long_ago(now: datetime) -> datetime:
    """What was answered before may go; what nobody has answered stays."""
    return now - KEPT


@dataclass(frozen=True)
class LeftNumber:
    """All that is asked."""

    phone: str
    contact: SafeContact
    source_group: SourceGroup | None
    """None: they were not asked who they are."""
    in_danger: bool


@dataclass
class Callback:
    """One number of one team."""

    id: UUID
    draft_id: UUID
    """The draft of the public form in which it was left: once."""
    reference: str
    received_at: datetime
    """UTC."""
    left: LeftNumber
    answered_at: datetime | None = None
    answered_by: UUID | None = None
    answer: str | None = None
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    def settle(self, answer: str, by: UUID, roles: frozenset[Role], at: datetime, *, seen: int) -> None:
        """Someone of the team was in touch.

        Raises:
            NotAllowed: the actor does not work in the team.
            Conflict: a colleague answered it meanwhile.
            RuleBroken: it is not said what was done.
        """
        CAPABILITIES.check(roles, ASK_REFERRER)
        if not self.is_open or seen != self.version:
            then = "enter a referral if help should begin"
            raise changed_meanwhile("callback_answered", "A colleague answered this", then=then)
        if not answer.strip():
            raise RuleBroken("callback_answer", "Write what was said and what happens next.", field="answer")
        self.answered_at, self.answered_by, self.answer = at, by, answer
        self.version += 1
