"""Settings of one team's referral service, beside those that every service has."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator
from sqlalchemy.ext.asyncio import AsyncEngine

from services.referral.team.database.team_work import TeamUnits
from services.referral.team.domain.need import NeedLimits
from services.referral.team.domain.opening_hours import OpeningHours
from services.referral.team.domain.reference import default_prefix
from services.referral.team.domain.team import Team
from services.referral.team.domain.upper_age import UpperAgeYears
from services.referral.team.domain.wait_clock import DEFAULT_RULES, Target, WaitRules
from shared.contracts.pathway_codes import PauseReason, WaitClock
from shared.contracts.vocabulary import Role, Urgency
from shared.kernel.clock import Clock
from shared.kernel.settings import Settings


def _whole_number(value: str | int) -> str | int:
    """A variable is text, and a choice between numbers takes no text."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _comma_separated(value: str | frozenset[str]) -> frozenset[str]:
    return frozenset(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _in_their_order(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (
        tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))
        if isinstance(value, str)
        else value
    )


Days = Annotated[int, Field(ge=1, le=730)]


class ReferralSettings(Settings):
    """`PAIRS_PHONE_LINE` and so on, as in `shared.kernel.settings`."""

    phone_line: str = Field(default="", max_length=200)
    """How people reach the team, as it is shown to them: `01632 960 001, Monday to Friday, 9am to 5pm`."""
    opens_at: time = time(9)
    """From when someone of the team is there on a working day, and with `closes_at` until when; times in London."""
    closes_at: time = time(17)
    alarmed: Annotated[frozenset[Role], BeforeValidator(_comma_separated)] = frozenset()
    """Who answers when someone says that there is danger, e.g. `team_lead,practitioner`: they see the alarm on each of
    their pages. While it is nobody, no page promises an answer within the hour."""
    duty_address: str = Field(default="", pattern=r"^([^@\s<>]+@[^@\s<>]+)?$")
    """Where the team's duty gets email when a promise is overdue; it names nobody. Empty: no such email."""
    leave_to: str = Field(default="https://www.bbc.co.uk/weather", pattern=r"^https://[a-z0-9.-]+(/\S*)?$")
    """Where "Leave this page" of the public form leads: a page that someone who looks over a shoulder may see."""
    triage_target_working_days: int = Field(default=5, ge=1, le=60)
    """Working days within which a referral should be decided on."""
    reference_prefix: str = Field(default="", pattern=r"^([A-Z]{2,4})?$")
    """What the references of this team's referrals begin with, where the first three letters of its slug are another
    team's too: Blackpool and Blackburn with Darwen share BLA."""
    upper_age_years: Annotated[UpperAgeYears, BeforeValidator(_whole_number)] = 2
    """The birthday on which the team's remit ends: 2 or 5."""

    urgent_triage_target_working_days: int = Field(default=1, ge=0, le=60)
    """The same for an urgent referral."""
    first_contact_target_days: Days = 28
    """Days from referral within which a family should be met, and likewise for the other clocks (reference 2.5)."""
    help_started_target_days: Days = 28
    assessment_to_intervention_target_days: Days = 42
    referral_to_intervention_target_days: Days = 126
    waits_paused_by: Annotated[frozenset[PauseReason], BeforeValidator(_comma_separated)] = frozenset()
    """Why a wait may pause, e.g. `family_asked,neonatal_stay`. None by default; each wait is shown unpaused too."""
    no_contact_days: Days = 28
    """Days without a contact, and with none booked, after which a list says that a family needs one."""

    service_ids: Annotated[frozenset[str], BeforeValidator(_comma_separated)] = frozenset()
    """By what a BaRS message names this team as its destination: ids of the Directory of Services and ODS codes, e.g.
    `2000072489,RXL`. Without any, only a destination that is an address of another service is known to be one."""

    mhsds_team_type: str = Field(default="", pattern=r"^([A-Z][0-9]{2})?$")
    """Team type code of the national extract; no code stands for a parent-infant team, so there is no default."""

    missed_before_task: int = Field(default=2, ge=1, le=10)
    """Missed contacts in a row after which a task asks someone to think about the family; a proposal (reference
    2.3)."""

    measures_folder: Path | None = None
    """Folder with the team's own measures: questions that it may show, its own cut-offs, measures of its own."""

    usual_measures: Annotated[tuple[str, ...], BeforeValidator(_in_their_order)] = ("EPDS", "KPCS", "GAD7")
    """Codes of the measures that a family's page links to straight away, e.g. `EPDS,KPCS`, beside those begun."""

    smtp_url: str = Field(default="", pattern=r"^((smtp|smtp\+starttls|smtps)://\S+)?$")
    """The mail server, e.g. `smtp+starttls://user:password@mail.example.org:587`; secret. Empty: nothing is sent."""
    mail_sender: str = Field(default="", pattern=r"^([^@\s<>]+@[^@\s<>]+)?$")
    """The address that messages come from."""

    @property
    def wait_rules(self) -> WaitRules:
        """The team's own clocks."""
        targets: Mapping[WaitClock, Target] = {
            WaitClock.TRIAGE: Target(self.triage_target_working_days, self.urgent_triage_target_working_days),
            WaitClock.FIRST_CONTACT: Target(self.first_contact_target_days),
            WaitClock.HELP_STARTED: Target(self.help_started_target_days),
            WaitClock.ASSESSMENT_TO_INTERVENTION: Target(self.assessment_to_intervention_target_days),
            WaitClock.REFERRAL_TO_INTERVENTION: Target(self.referral_to_intervention_target_days),
        }
        return {
            clock: replace(rule, target=targets[clock], paused_by=self.waits_paused_by)
            for clock, rule in DEFAULT_RULES.items()
        }

    def triage_target_of(self, urgency: Urgency | None) -> int:
        """Working days within which a referral of that priority should be decided on."""
        urgent = urgency is Urgency.URGENT
        return self.urgent_triage_target_working_days if urgent else self.triage_target_working_days

    def to_team(self) -> Team:
        """What commands act by."""
        return Team(
            slug=self.slug,
            phone=self.phone_line,
            prefix=self.reference_prefix or default_prefix(self.slug),
            wait_rules=self.wait_rules,
            missed_before_task=self.missed_before_task,
            need_limits=NeedLimits(self.no_contact_days),
            hours=OpeningHours(self.opens_at, self.closes_at),
            alarmed=self.alarmed,
            duty_address=self.duty_address,
            mail_server=self.smtp_url,
            mail_sender=self.mail_sender,
        )

    def units_of_work(self, engine: AsyncEngine, clock: Clock) -> TeamUnits:
        """They carry the team's rules."""
        return TeamUnits(self.to_team(), engine, region_key=bytes.fromhex(self.region_key), clock=clock)

    @property
    def slug(self) -> str:
        """Of the team that this process serves."""
        return self.team or ""

    @model_validator(mode="after")
    def _a_mail_server_has_a_sender(self) -> Self:
        if bool(self.smtp_url) is not bool(self.mail_sender):
            raise ValueError("PAIRS_SMTP_URL and PAIRS_MAIL_SENDER belong together: set both, or neither")
        return self

    @model_validator(mode="after")
    def _opens_before_it_closes(self) -> Self:
        if self.opens_at >= self.closes_at:
            raise ValueError("PAIRS_OPENS_AT must be before PAIRS_CLOSES_AT, such as 09:00 and 17:00")
        return self

    @model_validator(mode="after")
    def _belongs_to_a_team(self) -> Self:
        if not self.team:
            raise ValueError("PAIRS_TEAM is missing: a referral service belongs to one team")
        return self
