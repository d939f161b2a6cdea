"""Linking a consultation with no names to a family."""

import pytest

from services.consultation.consultations.commands.identify_consultation import (
    IdentifyConsultation,
    identify_consultation,
)
from shared.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from shared.kernel.identifiers import new_id
from shared.manifest import Person
from tests.consultation.conftest import ANN, PRIYA, REFERENCE, AskedTeam


async def identify(
    asked: AskedTeam, *, seen: int = 1, reference: str = REFERENCE, why: str = "She said so.", person: Person = PRIYA
) -> None:
    async with asked.begin(person) as work:
        await identify_consultation(IdentifyConsultation(asked.consultation_id, seen, reference, why), work)


async def test_from_then_on_and_not_before_the_familys_record_tells_of_it(asked: AskedTeam) -> None:
    before = [body.get("family_id") for _, body in await asked.published()]

    await identify(asked)

    assert set(before) == {None}
    assert (await asked.published())[-1] == (
        "uk.pairs.consultation.identified.v1",
        {
            "consultation_id": str(asked.consultation_id),
            "family_id": str(asked.family_id),
            "held_on": "2026-03-02",
            "kind": "case_anonymous",
        },
    )


async def test_it_needs_a_reason_a_family_of_the_team_and_somebody_who_advises(asked: AskedTeam) -> None:
    with pytest.raises(RuleBroken):
        await identify(asked, why=" ")
    with pytest.raises(RuleBroken):
        await identify(asked, reference="BLA-2026-000999")
    with pytest.raises(NotAllowed):
        await identify(asked, person=ANN)
    with pytest.raises(Conflict):
        await identify(asked, seen=7)


async def test_it_is_linked_once(asked: AskedTeam) -> None:
    await identify(asked)

    with pytest.raises(RuleBroken):
        await identify(asked, seen=2)


async def test_one_of_another_team_is_unknown(asked: AskedTeam) -> None:
    with pytest.raises(NotFound):
        async with asked.begin(PRIYA) as work:
            await identify_consultation(IdentifyConsultation(new_id(), 1, REFERENCE, "Why."), work)
