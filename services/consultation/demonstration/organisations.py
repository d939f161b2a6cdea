"""Who asks an invented team, and who never does."""

from dataclasses import dataclass

from shared.contracts.consultation_codes import Profession
from shared.contracts.vocabulary import SourceGroup, Tier


@dataclass(frozen=True)
class InventedOrganisation:
    name: str
    """`{place}` stands for the team's."""
    sector: SourceGroup
    profession: Profession
    tier: Tier
    people: tuple[str, ...]
    weight: int
    """How often it asks; 0: never."""


ORGANISATIONS = (
    InventedOrganisation(
        "Grange Park health visitors",
        SourceGroup.HEALTH_VISITING,
        Profession.HEALTH_VISITOR,
        Tier.UNIVERSAL,
        ("Ruth Bennett", "Dawn Sample"),
        31,
    ),
    InventedOrganisation(
        "{place} neonatal unit",
        SourceGroup.NEONATAL,
        Profession.NEONATAL_NURSE,
        Tier.SPECIALIST,
        ("Ola Specimen",),
        24,
    ),
    InventedOrganisation(
        "{place} children’s social care",
        SourceGroup.SOCIAL_CARE,
        Profession.SOCIAL_WORKER,
        Tier.SPECIALIST,
        ("Joe Pattern", "Hana Model"),
        18,
    ),
    InventedOrganisation(
        "Community midwives South",
        SourceGroup.MATERNITY,
        Profession.MIDWIFE,
        Tier.UNIVERSAL,
        ("Meg Instance",),
        11,
    ),
    InventedOrganisation(
        "Bispham health visitors",
        SourceGroup.HEALTH_VISITING,
        Profession.HEALTH_VISITOR,
        Tier.UNIVERSAL,
        ("Kay Template",),
        9,
    ),
    InventedOrganisation(
        "Home-Start {place}",
        SourceGroup.OTHER,
        Profession.VOLUNTARY,
        Tier.TARGETED,
        ("Lin Sample",),
        7,
    ),
    InventedOrganisation(
        "Kincraig Nursery",
        SourceGroup.FAMILY_HUB,
        Profession.NURSERY,
        Tier.UNIVERSAL,
        ("Pat Specimen",),
        5,
    ),
    InventedOrganisation(
        "Dr Ali and Partners",
        SourceGroup.PRIMARY_CARE,
        Profession.GP,
        Tier.UNIVERSAL,
        ("Dr Ali",),
        4,
    ),
    *(
        InventedOrganisation(name, sector, profession, Tier.UNIVERSAL, (), 0)
        for name, sector, profession in (
            ("Community midwives North", SourceGroup.MATERNITY, Profession.MIDWIFE),
            ("South Shore health visitors", SourceGroup.HEALTH_VISITING, Profession.HEALTH_VISITOR),
            ("Layton GPs", SourceGroup.PRIMARY_CARE, Profession.GP),
            ("Revoe family hub", SourceGroup.FAMILY_HUB, Profession.FAMILY_WORKER),
        )
    ),
)
