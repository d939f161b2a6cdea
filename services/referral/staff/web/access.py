"""What the staff's pages have in common: who may see them."""

from typing import Any

from shared.contracts.vocabulary import Role
from shared.web.permissions import need

STAFF_ROLES = frozenset({Role.TEAM_ADMINISTRATOR, Role.PRACTITIONER, Role.TEAM_LEAD})
STAFF: Any = need(*STAFF_ROLES)
"""Whoever works in the team. What they may decide is the domain's business."""
