"""What the process of a service takes when it has started alone, as it does in production."""

import re
from pathlib import Path

from shared.manifest import Service

MOST_MEGABYTES = 116
"""The largest takes 112 on CPython 3.11; 100 is what it should be. To be lowered with what is saved, never raised."""
HEARING_MEGABYTES = 8
"""FastStream and its Redis part, in a service that hears others, of its own team or of other teams."""


def megabytes(pid: int) -> float:
    """Resident, with what it shares with other processes."""
    [resident] = re.findall(r"^VmRSS:\s+(\d+) kB$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    return int(resident) / 1024


def most_megabytes(service: Service) -> float:
    return MOST_MEGABYTES + (HEARING_MEGABYTES if service.hears_anyone else 0)
