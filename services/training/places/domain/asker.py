"""Who asks for a place, as they say it themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from services.training.workforce.domain.same_person import likeness_of_parts
from shared.contracts.consultation_codes import Profession
from shared.contracts.vocabulary import SourceGroup
from shared.kernel.name_words import NameLikeness

SECTORS = {
    Profession.HEALTH_VISITOR: SourceGroup.HEALTH_VISITING,
    Profession.MIDWIFE: SourceGroup.MATERNITY,
    Profession.NEONATAL_NURSE: SourceGroup.NEONATAL,
    Profession.GP: SourceGroup.PRIMARY_CARE,
    Profession.SOCIAL_WORKER: SourceGroup.SOCIAL_CARE,
    Profession.FAMILY_WORKER: SourceGroup.FAMILY_HUB,
    Profession.NURSERY: SourceGroup.FAMILY_HUB,
    Profession.MENTAL_HEALTH: SourceGroup.PERINATAL_MENTAL_HEALTH,
}
"""Of an organisation that nobody has entered before: what it most likely is, until somebody says otherwise."""


@dataclass(frozen=True)
class Asker:
    given_name: str
    family_name: str
    email: str
    workplace: str
    """The organisation's name, as they write it."""
    profession: Profession
    phone: str = ""

    @property
    def sector(self) -> SourceGroup:
        return SECTORS.get(self.profession, SourceGroup.OTHER)

    def among(self, known: Iterable[tuple[UUID, str, str]]) -> UUID | None:
        """Who of those at their address they are, of whom each is an id, a given and a family name; None: somebody new.

        Whoever has exactly the name goes before one who writes it with an accent.
        """
        called = (self.given_name, self.family_name)
        likeness = [(likeness_of_parts(called, (given, family)), who) for who, given, family in known]
        most, who = max(likeness, key=lambda one: one[0], default=(NameLikeness.NONE, None))
        return who if most >= NameLikeness.SAME else None
