"""A record that is restricted: what a list says of it, and what someone is told who asks for it and is not named."""

from uuid import UUID

from shared.kernel.errors import NotSeen

RESTRICTED = "Restricted record"
"""What a list says instead of names."""


class RestrictedRecord(NotSeen):
    """Someone asked for a record that is restricted, and is not among those who may see it.

    Args:
        family_id: whose record it is.
        actor_id: who asked.
    """

    def __init__(self, family_id: UUID, actor_id: UUID) -> None:
        super().__init__(
            "record_restricted",
            "Only named colleagues may open this record. In an emergency, say why you need it and open it.",
        )
        self.family_id = family_id
        self.actor_id = actor_id
