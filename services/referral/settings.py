"""Settings of one team's referral service, beside those that every service has."""

from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from services.referral.domain.remit import UpperAgeYears
from shared.kernel.settings import Settings


def _whole_number(value: str | int) -> str | int:
    """A variable is text, and a choice between numbers takes no text."""
    return int(value) if isinstance(value, str) and value.isdecimal() else value


class ReferralSettings(Settings):
    """`PAIRS_PHONE_LINE` and so on, as in `shared.kernel.settings`."""

    phone_line: str = Field(default="", max_length=200)
    """How people reach the team, as it is shown to them: `01632 960 001, Monday to Friday, 9am to 5pm`."""
    triage_target_working_days: int = Field(default=5, ge=1, le=60)
    """Working days within which a referral should be decided on."""
    upper_age_years: Annotated[UpperAgeYears, BeforeValidator(_whole_number)] = 2
    """The birthday on which the team's remit ends: 2 or 5."""

    @property
    def slug(self) -> str:
        """Of the team that this process serves."""
        return self.team or ""

    @model_validator(mode="after")
    def _belongs_to_a_team(self) -> Self:
        if not self.team:
            raise ValueError("PAIRS_TEAM is missing: a referral service belongs to one team")
        return self
