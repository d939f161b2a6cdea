"""Who of the library may do what."""

from shared.contracts.vocabulary import Role
from shared.kernel.capability import Capabilities, Capability

MEND = Capability("mending_role", "A practitioner says what becomes of damaged books. Ask one of them.")
SEND = Capability("sending_role", "A practitioner hands the parcel over. Ask one of them.")

CAPABILITIES = Capabilities({Role.PRACTITIONER: frozenset({MEND, SEND}), Role.TEAM_ADMINISTRATOR: frozenset()})
