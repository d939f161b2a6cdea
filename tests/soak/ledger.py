"""What was acknowledged, and what must be found of it everywhere: exactly that, each once."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple


class Deed(NamedTuple):
    """A kind of action, and where it is found again by the name that whoever did it was told."""

    name: str
    service: str
    recorded: str
    """Selects, as `name`, that of each record."""
    told: str
    """Selects the same of each event about one in the outbox, for the team."""
    fact: str
    """The region's table of what this means there."""


_TOLD = "FROM outbox WHERE audience = 'team' AND type = 'uk.pairs.{}.v1'"
_REFERRED = "SELECT reference AS name FROM referral WHERE route = '{}'"
_RECEIVED = f"""
    SELECT reference AS name FROM (SELECT body ->> 'referral_id' AS id {_TOLD.format("referral.received")}) AS event
    JOIN referral ON referral.id::text = event.id WHERE route = '{{}}'
"""
_BOOKED = f"""
    SELECT secret AS name FROM (SELECT body ->> 'booking_id' AS id {_TOLD.format("place.booked")}) AS event
    JOIN booking ON booking.id::text = event.id
"""

REFERRAL = Deed(
    "referral", "referral", _REFERRED.format("public_form"), _RECEIVED.format("public_form"), "referral_received"
)
MESSAGE = Deed("message", "referral", _REFERRED.format("fhir"), _RECEIVED.format("fhir"), "referral_received")
ACCEPTANCE = Deed(
    "acceptance",
    "referral",
    "SELECT id::text AS name FROM referral WHERE episode_id IS NOT NULL",
    f"SELECT body ->> 'referral_id' AS name {_TOLD.format('referral.accepted')}",
    "triage_decided",
)
SESSION = Deed(
    "session",
    "referral",
    "SELECT id::text AS name FROM contact",
    f"SELECT body ->> 'contact_id' AS name {_TOLD.format('contact.recorded')}",
    "contact_recorded",
)
BOOKING = Deed("booking", "training", "SELECT secret AS name FROM booking", _BOOKED, "place_booked")
CONSULTATION = Deed(
    "consultation",
    "consultation",
    "SELECT id::text AS name FROM consultation",
    f"SELECT body ->> 'consultation_id' AS name {_TOLD.format('consultation.held')}",
    "consultation_held",
)
DEEDS = (REFERRAL, MESSAGE, ACCEPTANCE, SESSION, BOOKING, CONSULTATION)


@dataclass
class Ledger:
    """Of all teams."""

    acknowledged: dict[tuple[str, Deed], list[str]] = field(
        default_factory=lambda: defaultdict[tuple[str, Deed], list[str]](list)
    )
    """By team and deed, the name of each one."""

    def note(self, team: str, deed: Deed, name: str) -> None:
        self.acknowledged[team, deed].append(name)

    def count(self) -> Counter[str]:
        return Counter(deed.name for (_, deed), names in self.acknowledged.items() for _ in names)
