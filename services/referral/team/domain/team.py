"""What one team is called and has decided, as its settings say. Every unit of work carries it."""

from collections.abc import Set
from dataclasses import dataclass, field

from services.referral.team.domain.need import NeedLimits
from services.referral.team.domain.opening_hours import OpeningHours
from services.referral.team.domain.wait_clock import WaitRules
from shared.contracts.pathway_codes import WaitClock
from shared.contracts.slug import locality_name
from shared.contracts.vocabulary import Role


@dataclass(frozen=True)
class Team:
    """Nothing here has a default: those of the settings are the only ones."""

    slug: str
    phone: str
    """How people reach the team, as it is shown to them; may be empty."""
    prefix: str
    """Of the references of its referrals."""
    wait_rules: WaitRules
    missed_before_task: int
    """Missed contacts in a row, from 1."""
    need_limits: NeedLimits
    hours: OpeningHours
    alarmed: frozenset[Role]
    """Who answers an alarm; nobody: no page promises an answer within the hour."""
    duty_address: str
    """Who is told by email that a promise is overdue; empty: nobody."""
    mail_server: str = field(repr=False)
    """Its address, with the password; empty: no message leaves."""
    mail_sender: str

    @property
    def name(self) -> str:
        return f"{locality_name(self.slug)} parent-infant team"

    @property
    def answers_alarms(self) -> bool:
        """Someone does; while nobody does, no page says by when."""
        return bool(self.alarmed)

    def is_alarmed(self, roles: Set[Role]) -> bool:
        """Whoever holds these roles is among those who answer alarms."""
        return not self.alarmed.isdisjoint(roles)

    @property
    def answers_within(self) -> int:
        """Working days within which a referral should be decided on, unless it is urgent."""
        return self.wait_rules[WaitClock.TRIAGE].target.days
