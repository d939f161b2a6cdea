"""By what the region reaches those outside its pages."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True)
class RegionOffice:
    """Where its pages are, and what mail and stream leave by."""

    public_url: str = ""
    """Of the pages, for links."""
    mail_server: str = field(default="", repr=False)
    """Empty: no mail leaves."""
    mail_sender: str = ""
    redis_url: str = field(default="", repr=False)
    """Empty: nothing is put on the stream."""
    subscription_key: bytes = field(default=b"", repr=False)
    """From which the keys of subscriptions are made; 32 bytes."""
    keep_told: timedelta = timedelta(days=400)
    """For how long what subscriptions told is kept."""
    pause_after: timedelta = timedelta(days=180)
    """For how long somebody may not sign in before what they subscribed to pauses itself."""
    largest_group: int = 0
    """How many localities the rule of the sign-in has that names the most: nobody can have more."""
