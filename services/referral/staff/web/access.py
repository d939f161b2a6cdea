"""What the staff's pages have in common: who may see them."""

from typing import Any

from services.referral.staff.domain.capabilities import CAPABILITIES, LEAD_RECORDS, RECORD
from shared.web.permissions import need

STAFF: Any = need(*CAPABILITIES.roles_with(RECORD))
"""Whoever works in the team. What they may decide is the domain's business."""
LEAD: Any = need(*CAPABILITIES.roles_with(LEAD_RECORDS))
"""Whoever watches over the team's records."""
