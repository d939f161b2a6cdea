"""Who works in the library."""

from typing import Any

from shared.contracts.vocabulary import Role
from shared.web.permissions import need

STAFF: Any = need(Role.TEAM_ADMINISTRATOR, Role.PRACTITIONER)
