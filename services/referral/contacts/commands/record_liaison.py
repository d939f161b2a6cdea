"""Record a conversation with another professional about a family, or an attempt to reach the family."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.referral.contacts.database.liaisons import Liaisons
from services.referral.contacts.domain.liaison import Liaison, LiaisonKind, Profession, SharedConcern, SharingBasis, Way
from services.referral.support.database.episodes import Episodes
from shared.kernel.same_fields import same_fields
from shared.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class RecordLiaison:
    liaison_id: UUID
    """The same for the same form sent twice, which is stored once."""
    episode_id: UUID
    happened_at: datetime
    """UTC."""
    kind: LiaisonKind
    way: Way
    about: str
    """In the practitioner's words; stays in the team."""
    profession: Profession | None = None
    organisation: str = ""
    minutes: int | None = None
    basis: SharingBasis | None = None
    disclosure: SharedConcern | None = None


async def record_liaison(command: RecordLiaison, work: UnitOfWork) -> None:
    """It stays as it was written.

    Raises:
        NotFound: this team has no such episode.
        NotAllowed: the actor does not work with families.
        RuleBroken: something is missing, above all the ground for sharing a concern without agreement.
    """
    episode = await Episodes(work).get(command.episode_id)
    liaison = same_fields(
        Liaison,
        command,
        without="version",
        id=command.liaison_id,
        family_id=episode.family_id,
        practitioner_id=work.actor.id,
    )
    liaison.check(work.actor.roles, work.now)
    if await Liaisons(work).add(liaison, work):
        work.record("liaison.record", episode.family_id)
