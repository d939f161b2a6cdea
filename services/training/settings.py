"""Settings of one team's training service, beside those that every service has."""

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncEngine

from services.training.staff.database.training_work import TrainingUnits
from services.training.staff.domain.training_team import TrainingTeam
from shared.kernel.clock import Clock
from shared.staff.mail_settings import MailSettings


class TrainingSettings(MailSettings):
    """`PAIRS_COVERAGE_TARGET_PERCENT` and so on, as in `shared.kernel.settings`."""

    coverage_target_percent: int = Field(default=80, ge=1, le=100)
    """Of how many people of a hundred the team wants to be trained and in date."""

    certificate_key: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Hexadecimal, 32 bytes; secret. The Ed25519 key with which the team signs certificates."""

    def to_team(self) -> TrainingTeam:
        """What commands and pages act by."""
        sender = self.to_sender()
        return TrainingTeam(
            self.team or "",
            self.coverage_target_percent,
            name=sender.name,
            address=sender.address,
            phone=sender.phone,
            mail_server=sender.mail_server,
            mail_sender=sender.mail_sender,
            certificate_key=self.certificate_key,
        )

    def units_of_work(self, engine: AsyncEngine, clock: Clock) -> TrainingUnits:
        """They carry the team's rules."""
        return TrainingUnits(self.to_team(), engine, region_key=bytes.fromhex(self.region_key), clock=clock)
