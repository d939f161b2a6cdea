"""What a team decides for itself about training."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class TrainingTeam:
    slug: str
    coverage_target: int
    """Per cent of the people of an organisation and profession who should be trained and in date."""
    name: str = ""
    """As people know it: `Blackpool Parent-Infant Team`."""
    address: str = ""
    """Of the public pages, for links in emails."""
    phone: str = ""
    """How people reach the team, as it is shown to them."""
    mail_server: str = ""
    """Empty: nothing is sent."""
    mail_sender: str = ""
    certificate_key: str = field(default="", repr=False)
    """Hexadecimal, 32 bytes: the Ed25519 key with which certificates are signed."""
