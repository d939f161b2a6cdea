"""Settings of reporting, beside those that every service has."""

from datetime import timedelta

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncEngine

from services.reporting.facts.database.reporting_work import ReportingUnits
from services.reporting.facts.domain.region_office import RegionOffice
from shared.kernel.clock import Clock
from shared.staff.mail_settings import MailServerSettings
from shared.web.openid.role_mapping import read_mapping


class ReportingSettings(MailServerSettings):
    """`PAIRS_SMTP_URL` and so on, as in `shared.kernel.settings`."""

    subscription_key: str = Field(pattern=r"^[0-9a-f]{64}$")
    """From which the keys of subscriptions are made: another one, and each of them is another."""
    keep_told_days: int = Field(default=400, ge=14, le=3660)
    """For how long what subscriptions told is kept: to be sent again, to be asked for by a program, to be looked at."""
    pause_after_days: int = Field(default=180, ge=30, le=3660)
    """For how long somebody may not sign in before what they subscribed to pauses itself."""

    def units_of_work(self, engine: AsyncEngine, clock: Clock) -> ReportingUnits:
        """They carry by what the region reaches others."""
        rules = read_mapping(self.openid_mapping).rules if self.openid_mapping else ()
        largest = max((len(rule.localities) for rule in rules), default=0)
        key = bytes.fromhex(self.subscription_key)
        keep = timedelta(days=self.keep_told_days)
        pause = timedelta(days=self.pause_after_days)
        reached_by = (self.public_url, self.smtp_url, self.mail_sender, self.redis_url)
        office = RegionOffice(*reached_by, key, keep, pause, largest)
        return ReportingUnits(office, engine, region_key=bytes.fromhex(self.region_key), clock=clock)
