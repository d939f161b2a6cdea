"""A referral: somebody asks the team to help a family, and the team answers.

It has been received until it is decided; the decision itself is what makes it accepted or closed, so that a referral
cannot say one thing and be another.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from services.referral.domain.age import age_band, check_subject
from services.referral.domain.people import Caregiver, NoOtherCaregiver, Referrer
from services.referral.domain.subject import Subject
from services.referral.domain.triage import Acceptance, Closure, check_closure, check_may_decide, triage_wait
from shared.contracts.referral import ReferralAccepted, ReferralClosed, ReferralReceived
from shared.contracts.vocabulary import Code, FamilyAgreement, ReferralReason, ReferralRoute, Role
from shared.kernel.calendar import date_words
from shared.kernel.clock import london_date
from shared.kernel.errors import Conflict, RuleBroken


class ReferralState(Code):
    RECEIVED = "received", "Waiting for triage"
    ACCEPTED = "accepted", "Accepted"
    CLOSED = "closed", "Closed"


@dataclass(frozen=True)
class ReferralRequest:
    """What a referrer told us; it is kept as it was told."""

    subject: Subject
    caregiver: Caregiver
    other_caregiver: Caregiver | NoOtherCaregiver
    """A dad or another carer by name, or the answer to the question whether there is one."""
    referrer: Referrer
    postcode: str
    nhs_number: str | None
    """The baby's, ten digits; referrals without one are normal."""
    reasons: tuple[ReferralReason, ...]
    story: str
    """What the referrer has noticed about the baby and the people who care for them."""
    consent: FamilyAgreement
    """Whether the family knows of the referral and agrees."""
    in_danger: bool
    """Somebody in the family is in danger now: triage looks at it before all others."""
    route: ReferralRoute


@dataclass
class Referral:
    """One referral of one team. Only `accept` and `close` change it."""

    id: UUID
    reference: str
    request: ReferralRequest
    received_at: datetime
    """UTC."""
    decision: Acceptance | Closure | None = None
    family_id: UUID | None = None
    """Whose record it belongs to, once somebody has said so."""
    version: int = 0

    @classmethod
    def receive(
        cls, referral_id: UUID, reference: str, request: ReferralRequest, received_at: datetime
    ) -> "tuple[Referral, ReferralReceived]":
        """A new referral, and the event that says so.

        Raises:
            RuleBroken: no reason, no way to reach anybody, or a date that cannot be right.
        """
        referral = cls(referral_id, reference, request, received_at)
        check_subject(request.subject, referral.received_on)
        _check_complete(request)
        return referral, ReferralReceived(
            referral_id=referral_id,
            route=request.route,
            source_group=request.referrer.source_group,
            reasons=request.reasons,
            age_band=age_band(request.subject, referral.received_on),
            has_nhs_number=request.nhs_number is not None,
            received_on=referral.received_on,
        )

    @property
    def received_on(self) -> date:
        """The day of receipt in Europe/London; every wait counts from it."""
        return london_date(self.received_at)

    @property
    def state(self) -> ReferralState:
        match self.decision:
            case None:
                return ReferralState.RECEIVED
            case Acceptance():
                return ReferralState.ACCEPTED
            case Closure():
                return ReferralState.CLOSED

    def accept(self, acceptance: Acceptance, roles: frozenset[Role], *, seen: int) -> ReferralAccepted:
        """The team will work with the family.

        Args:
            seen: version of the referral that the actor decided on.

        Raises:
            NotAllowed: the actor may not decide on referrals.
            Conflict: it was decided, or changed, since.
        """
        self._check_open(roles, seen)
        wait = triage_wait(self.received_on, acceptance.decided_on)
        self.decision = acceptance
        return ReferralAccepted(
            referral_id=self.id,
            episode_id=acceptance.episode_id,
            urgency=acceptance.urgency,
            decided_on=acceptance.decided_on,
            triage_days=wait.days,
            triage_working_days=wait.working_days,
        )

    def close(self, closure: Closure, roles: frozenset[Role], *, seen: int) -> ReferralClosed:
        """The team answers with advice, another service or no.

        Args:
            seen: version of the referral that the actor decided on.

        Raises:
            NotAllowed: the actor may not decide on referrals.
            Conflict: it was decided, or changed, since.
            RuleBroken: nothing is said about what the referrer and the family were told.
        """
        self._check_open(roles, seen)
        check_closure(closure)
        wait = triage_wait(self.received_on, closure.decided_on)
        self.decision = closure
        return ReferralClosed(
            referral_id=self.id,
            outcome=closure.outcome,
            reason=closure.reason,
            decided_on=closure.decided_on,
            triage_days=wait.days,
            triage_working_days=wait.working_days,
        )

    def _check_open(self, roles: frozenset[Role], seen: int) -> None:
        check_may_decide(roles)
        nothing = "Nothing that you entered was stored."
        if self.decision is not None:
            on = date_words(self.decision.decided_on)
            raise Conflict("referral_decided", f"This referral was {self.state.label.lower()} on {on}. {nothing}")
        if seen != self.version:
            raise Conflict("referral_changed", f"This referral was changed while you had the page open. {nothing}")


def _check_complete(request: ReferralRequest) -> None:
    if not request.reasons:
        raise RuleBroken("reason_missing", "Choose at least one reason.", field="reasons")
    if len(set(request.reasons)) != len(request.reasons):
        raise RuleBroken("reason_twice", "Choose each reason once.", field="reasons")
    referrer = request.referrer
    if not (referrer.phone or referrer.email):
        raise RuleBroken("referrer_unreachable", "Give a phone number or an email address.", field="phone")
