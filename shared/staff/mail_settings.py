"""Settings of a service that writes to people by email."""

from typing import Self

from pydantic import Field, model_validator

from shared.contracts.slug import locality_name
from shared.kernel.settings import Settings
from shared.staff.sender import Sender


class MailServerSettings(Settings):
    """`PAIRS_SMTP_URL` and so on, as in `shared.kernel.settings`."""

    smtp_url: str = Field(default="", pattern=r"^((smtp|smtp\+starttls|smtps)://\S+)?$")
    """The mail server, e.g. `smtp+starttls://user:password@mail.example.org:587`; secret. Empty: nothing is sent."""
    mail_sender: str = Field(default="", pattern=r"^([^@\s<>]+@[^@\s<>]+)?$")
    """The address that messages come from."""

    @model_validator(mode="after")
    def _a_mail_server_has_a_sender(self) -> Self:
        if bool(self.smtp_url) is not bool(self.mail_sender):
            raise ValueError("PAIRS_SMTP_URL and PAIRS_MAIL_SENDER belong together: set both, or neither")
        return self


class MailSettings(MailServerSettings):
    """Of a service of one team."""

    phone_line: str = Field(default="", max_length=200)
    """How people reach the team, as it is shown to them: `01632 960 141`."""

    def to_sender(self) -> Sender:
        name = f"{locality_name(self.team or '')} Parent-Infant Team"
        return Sender(name, self.public_url, self.phone_line, self.smtp_url, self.mail_sender)

    @model_validator(mode="after")
    def _belongs_to_a_team(self) -> Self:
        if not self.team:
            raise ValueError("PAIRS_TEAM is missing: this service belongs to one team")
        return self
