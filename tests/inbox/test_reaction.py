"""A reaction says by its first parameter which event it is for."""

import pytest

from shared.contracts.family import FamilyRecorded
from shared.inbox.reaction import Delivery, Reaction, event_of
from shared.unit_of_work import UnitOfWork


async def on_family_recorded(event: FamilyRecorded, delivery: Delivery, work: UnitOfWork) -> None: ...


async def on_anything(event, delivery, work) -> None: ...  # noqa: ANN001


async def on_text(event: str, delivery: Delivery, work: UnitOfWork) -> None: ...


def test_the_first_parameter_names_the_event() -> None:
    assert event_of(on_family_recorded) is FamilyRecorded


@pytest.mark.parametrize("reaction", [on_anything, on_text])
def test_a_reaction_that_does_not_say_its_event_stops_the_service_from_starting(reaction: Reaction) -> None:
    with pytest.raises(TypeError, match="first parameter"):
        event_of(reaction)
