"""The families that a referral may belong to, as choices of a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.referral.intake.queries.possible_duplicates import PossibleDuplicate
from services.referral.intake.web.forms.decision import NEW_FAMILY, ChosenFamily

_UNNAMED = "a baby not born or named yet"


@dataclass(frozen=True)
class FamilyChoice:
    value: str
    label: str


def known_families(duplicates: Sequence[PossibleDuplicate]) -> list[FamilyChoice]:
    """For accepting: a new family first, then known ones that the team does not work with now."""
    choices = [FamilyChoice(NEW_FAMILY, "A new family")]
    for duplicate in duplicates:
        known = duplicate.known
        if known.family_id is None or known.has_open_work or not known.may_see:
            continue
        for baby_id, which in _who_it_may_be(duplicate):
            same = ChosenFamily(known.family_id, baby_id).value
            choices.append(FamilyChoice(same, f"The known family of {_babies(duplicate)}: the same baby{which}"))
        new = ChosenFamily(known.family_id).value
        choices.append(FamilyChoice(new, f"The known family of {_babies(duplicate)}: a new baby"))
    return choices


def joinable_families(duplicates: Sequence[PossibleDuplicate]) -> list[FamilyChoice]:
    """For closing as added to a family: those that may be seen, whom the team works with or not."""
    return [
        FamilyChoice(str(one.known.family_id), f"Family of {_babies(one)}")
        for one in duplicates
        if one.known.family_id is not None and one.known.may_see
    ]


def _who_it_may_be(duplicate: PossibleDuplicate) -> list[tuple[UUID, str]]:
    """Each baby of whom somebody may say so, and by which name where there is another: twins may be called alike."""
    may_be, babies = duplicate.likeness.may_be, duplicate.known.description.babies
    return [
        (one.id, f", {one.name or _UNNAMED}" if len(babies) > 1 else "")
        for one in babies
        if one.id and one.id in may_be
    ]


def _babies(duplicate: PossibleDuplicate) -> str:
    names = [baby.name or _UNNAMED for baby in duplicate.known.description.babies]
    return " and ".join(names)
