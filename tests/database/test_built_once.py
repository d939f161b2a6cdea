"""What stands in a statement that is built once."""

import pytest
from sqlalchemy import column

from shared.contracts.vocabulary import Tier
from shared.database.built_once import written_out


def test_codes_stand_in_the_statement_and_are_no_parameters_of_it() -> None:
    is_one = column("tier").in_(written_out([Tier.TARGETED, Tier.RISK])).compile()

    assert str(is_one) == "tier IN ('risk', 'targeted')"
    assert is_one.params == {}


@pytest.mark.parametrize("typed", ["O'Brien", "two words", "x'; DROP TABLE family; --", ""])
def test_text_that_someone_may_have_typed_is_never_written_into_a_statement(typed: str) -> None:
    with pytest.raises(ValueError, match="only codes"):
        written_out([typed])
