"""Who may see the pages of training."""

from typing import Any

from services.training.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS, READ
from shared.web.permissions import need

STAFF: Any = need(*CAPABILITIES.roles_with(READ))
LEAD: Any = need(*CAPABILITIES.roles_with(LEAD_RECORDS))
