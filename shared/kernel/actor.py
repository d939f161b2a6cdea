"""Who does a thing: a member of staff, a programme of another system, or the public form."""

from dataclasses import dataclass
from uuid import UUID

from shared.contracts.vocabulary import Role

PUBLIC_FORM = UUID(int=1)
SYSTEM = UUID(int=2)


@dataclass(frozen=True)
class Actor:
    """The id is opaque (never a name or an address) and is what the audit trail keeps."""

    id: UUID
    roles: frozenset[Role]

    def has(self, *roles: Role) -> bool:
        """True when the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)


def public_form() -> Actor:
    """Someone who fills the public form; nobody knows who."""
    return Actor(PUBLIC_FORM, frozenset())


def system() -> Actor:
    """The software itself: a timer, a migration, a reader."""
    return Actor(SYSTEM, frozenset())
