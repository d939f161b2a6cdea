"""Who may change what the region says: commands ask it, whatever page they come from."""

from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotAllowed


def check_leads_region(actor: Actor) -> None:
    """Raises NotAllowed unless they lead the region."""
    if Role.REGIONAL_LEAD not in actor.roles:
        raise NotAllowed("regional_lead", "Whoever leads the region does this. Ask them.")
