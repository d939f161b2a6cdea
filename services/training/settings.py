"""Settings of one team's training service, beside those that every service has."""

from typing import Self

from pydantic import Field, model_validator
from sqlalchemy.ext.asyncio import AsyncEngine

from services.training.staff.database.training_work import TrainingUnits
from services.training.staff.domain.training_team import TrainingTeam
from shared.contracts.slug import locality_name
from shared.kernel.clock import Clock
from shared.kernel.settings import Settings


class TrainingSettings(Settings):
    """`PAIRS_COVERAGE_TARGET_PERCENT` and so on, as in `shared.kernel.settings`."""

    coverage_target_percent: int = Field(default=80, ge=1, le=100)
    """Of how many people of a hundred the team wants to be trained and in date."""

    certificate_key: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Hexadecimal, 32 bytes; secret. The Ed25519 key with which the team signs certificates."""
    phone_line: str = Field(default="", max_length=200)
    """How people reach the team, as it is shown to them: `01632 960 141`."""
    smtp_url: str = Field(default="", pattern=r"^((smtp|smtp\+starttls|smtps)://\S+)?$")
    """The mail server, e.g. `smtp+starttls://user:password@mail.example.org:587`; secret. Empty: nothing is sent."""
    mail_sender: str = Field(default="", pattern=r"^([^@\s<>]+@[^@\s<>]+)?$")
    """The address that messages come from."""

    def to_team(self) -> TrainingTeam:
        """What commands and pages act by."""
        return TrainingTeam(
            self.team or "",
            self.coverage_target_percent,
            name=f"{locality_name(self.team or '')} Parent-Infant Team",
            address=self.public_url,
            phone=self.phone_line,
            mail_server=self.smtp_url,
            mail_sender=self.mail_sender,
            certificate_key=self.certificate_key,
        )

    def units_of_work(self, engine: AsyncEngine, clock: Clock) -> TrainingUnits:
        """They carry the team's rules."""
        return TrainingUnits(self.to_team(), engine, region_key=bytes.fromhex(self.region_key), clock=clock)

    @model_validator(mode="after")
    def _a_mail_server_has_a_sender(self) -> Self:
        if bool(self.smtp_url) is not bool(self.mail_sender):
            raise ValueError("PAIRS_SMTP_URL and PAIRS_MAIL_SENDER belong together: set both, or neither")
        return self

    @model_validator(mode="after")
    def _belongs_to_a_team(self) -> Self:
        if not self.team:
            raise ValueError("PAIRS_TEAM is missing: a training service belongs to one team")
        return self
