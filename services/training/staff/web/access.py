"""Who may see the pages of training."""

from typing import Any

from services.training.staff.domain.capabilities import CAPABILITIES, KEEP_WORKFORCE, LEAD_RECORDS, READ
from shared.web.permissions import need

STAFF: Any = need(*CAPABILITIES.roles_with(READ))
LEAD: Any = need(*CAPABILITIES.roles_with(LEAD_RECORDS))
KEEPERS: Any = need(*CAPABILITIES.roles_with(KEEP_WORKFORCE))
"""Whoever looks after the register: a file of people is theirs alone to see."""
