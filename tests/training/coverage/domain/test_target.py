"""How far from the target."""

import pytest

from services.training.coverage.domain.coverage import Coverage
from services.training.coverage.domain.target import missing_to, most_missing


@pytest.mark.parametrize(
    ("in_date", "of", "missing"), [(187, 309, 61), (248, 309, 0), (0, None, 0), (22, 20, 0), (0, 1, 1), (0, 0, 0)]
)
def test_so_many_more_reach_eighty_per_cent(in_date: int, of: int | None, missing: int) -> None:
    assert missing_to(80, Coverage(in_date, of, None)) == missing


def test_where_most_are_missing_comes_first_and_what_is_not_known_not_at_all() -> None:
    of = {
        "a": Coverage(5, 20, None),
        "b": Coverage(6, 58, None),
        "c": Coverage(41, None, None),
        "d": Coverage(22, 20, None),
    }

    assert most_missing(of) == [("b", 52), ("a", 15)]
