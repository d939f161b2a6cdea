"""Who may see the pages of consultation."""

from typing import Any

from services.consultation.staff.domain.capabilities import (
    CAPABILITIES,
    HAVE_SUPERVISION,
    LEAD_RECORDS,
    LEAD_SUPERVISION,
    READ,
)
from shared.web.permissions import need

STAFF: Any = need(*CAPABILITIES.roles_with(READ))
SUPERVISED: Any = need(*CAPABILITIES.roles_with(HAVE_SUPERVISION))
SUPERVISION_LEAD: Any = need(*CAPABILITIES.roles_with(LEAD_SUPERVISION))
LEAD: Any = need(*CAPABILITIES.roles_with(LEAD_RECORDS))
