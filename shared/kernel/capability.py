"""What a role may do: named once, and asked by pages, commands and tests alike.

JUDGE = Capability("judge_role", "A practitioner or the team lead records this. Ask one of them.")
CAPABILITIES = Capabilities({Role.PRACTITIONER: frozenset({JUDGE})})

CAPABILITIES.check(actor.roles, JUDGE)
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.vocabulary import Role
from shared.kernel.errors import NotAllowed


@dataclass(frozen=True)
class Capability:
    """Something that not everyone may do.

    Args:
        code: of the refusal for want of it; stable.
        refusal: its sentence: who may, and what to do next.
    """

    code: str
    refusal: str


@dataclass(frozen=True)
class Capabilities:
    """The one table of a service: who may do what."""

    of: Mapping[Role, frozenset[Capability]]

    def holds(self, roles: frozenset[Role], capability: Capability) -> bool:
        return not roles.isdisjoint(self.roles_with(capability))

    def check(self, roles: frozenset[Role], capability: Capability) -> None:
        """Raises NotAllowed, with the capability's own code and sentence, when none of the roles has it."""
        if not self.holds(roles, capability):
            raise NotAllowed(capability.code, capability.refusal)

    def named(self, code: str) -> Capability | None:
        """That whose want is refused with this code."""
        return next((one for held in self.of.values() for one in held if one.code == code), None)

    def roles_with(self, capability: Capability) -> frozenset[Role]:
        return frozenset(role for role, held in self.of.items() if capability in held)
