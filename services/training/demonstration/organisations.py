"""Who works with babies in an invented place: the same organisations as those that ask its team."""

from dataclasses import dataclass

from shared.contracts.consultation_codes import Profession
from shared.contracts.vocabulary import SourceGroup


@dataclass(frozen=True)
class Staffed:
    """How many of a profession."""

    profession: Profession
    people: int
    """On the register when it begins."""
    headcount: int | None
    """As the organisation says; None: it does not."""


@dataclass(frozen=True)
class InventedEmployer:
    name: str
    """`{place}` stands for the team's."""
    sector: SourceGroup
    staff: tuple[Staffed, ...]
    shares_email: bool = False


EMPLOYERS = (
    InventedEmployer(
        "Grange Park health visitors", SourceGroup.HEALTH_VISITING, (Staffed(Profession.HEALTH_VISITOR, 14, 16),)
    ),
    InventedEmployer(
        "Bispham health visitors", SourceGroup.HEALTH_VISITING, (Staffed(Profession.HEALTH_VISITOR, 8, 9),)
    ),
    InventedEmployer(
        "South Shore health visitors", SourceGroup.HEALTH_VISITING, (Staffed(Profession.HEALTH_VISITOR, 7, 8),)
    ),
    InventedEmployer("Community midwives South", SourceGroup.MATERNITY, (Staffed(Profession.MIDWIFE, 12, 14),)),
    InventedEmployer("Community midwives North", SourceGroup.MATERNITY, (Staffed(Profession.MIDWIFE, 9, 12),)),
    InventedEmployer(
        "{place} neonatal unit",
        SourceGroup.NEONATAL,
        (Staffed(Profession.NEONATAL_NURSE, 15, 14), Staffed(Profession.MIDWIFE, 2, 3)),
    ),
    InventedEmployer(
        "{place} children’s social care",
        SourceGroup.SOCIAL_CARE,
        (Staffed(Profession.SOCIAL_WORKER, 14, 24), Staffed(Profession.FAMILY_WORKER, 5, 8)),
    ),
    InventedEmployer(
        "Revoe family hub",
        SourceGroup.FAMILY_HUB,
        (Staffed(Profession.FAMILY_WORKER, 6, 8), Staffed(Profession.HEALTH_VISITOR, 2, 2)),
    ),
    InventedEmployer(
        "Kincraig Nursery", SourceGroup.FAMILY_HUB, (Staffed(Profession.NURSERY, 9, None),), shares_email=True
    ),
    InventedEmployer(
        "Home-Start {place}",
        SourceGroup.OTHER,
        (Staffed(Profession.VOLUNTARY, 8, 10), Staffed(Profession.PEER, 3, 3)),
    ),
    InventedEmployer("Dr Ali and Partners", SourceGroup.PRIMARY_CARE, (Staffed(Profession.GP, 4, 6),)),
    InventedEmployer("Layton GPs", SourceGroup.PRIMARY_CARE, (Staffed(Profession.GP, 3, 9),)),
    InventedEmployer("{place} parent-infant team", SourceGroup.OTHER, (Staffed(Profession.MENTAL_HEALTH, 0, 5),)),
)
OUR_TEAM = len(EMPLOYERS) - 1
"""Where those work who sign in."""
