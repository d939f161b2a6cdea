"""Who asks for a place, as they say it themselves."""

from dataclasses import dataclass

from shared.contracts.consultation_codes import Profession
from shared.contracts.vocabulary import SourceGroup

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
