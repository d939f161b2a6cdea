"""Settings of one team's consultation service, beside those that every service has."""

from sqlalchemy.ext.asyncio import AsyncEngine

from services.consultation.staff.database.consultation_work import ConsultationUnits
from shared.kernel.clock import Clock
from shared.staff.mail_settings import MailSettings


class ConsultationSettings(MailSettings):
    """`PAIRS_SMTP_URL` and so on."""

    def units_of_work(self, engine: AsyncEngine, clock: Clock) -> ConsultationUnits:
        """They carry whom the team's emails are from."""
        return ConsultationUnits(self.to_sender(), engine, region_key=bytes.fromhex(self.region_key), clock=clock)
