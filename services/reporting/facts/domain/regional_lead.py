"""Who may change what the region says, and who subscribes to it: commands ask it, whatever page they come from."""

from shared.contracts.vocabulary import Role
from shared.kernel.actor import Actor
from shared.kernel.errors import NotAllowed

READERS = (Role.REGIONAL_LEAD, Role.LOCALITY_LEAD, Role.COMMISSIONER)
"""Who sees figures, each as far as their remit goes."""


def check_leads_region(actor: Actor) -> None:
    """Raises NotAllowed unless they lead the region."""
    if Role.REGIONAL_LEAD not in actor.roles:
        raise NotAllowed("regional_lead", "Whoever leads the region does this. Ask them.")


def check_reads_region(actor: Actor) -> None:
    """Raises NotAllowed unless they see figures of it."""
    if not actor.has(*READERS):
        raise NotAllowed("region_reader", "Whoever sees the region's figures does this. Ask who leads the region.")
