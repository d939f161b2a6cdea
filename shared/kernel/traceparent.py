"""W3C Trace Context: which request something belongs to. Hexadecimal can spell, so a sender's stays in the team."""

import re
import secrets

TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")


def new_traceparent() -> str:
    """A trace of its own, which leads to nothing else."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-00"
