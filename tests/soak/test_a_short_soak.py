"""The first half minute of `make soak`, whose load and faults must go on working."""

from tests.soak.soak import soak


async def test_half_a_minute_of_faults_loses_and_doubles_nothing() -> None:
    done = await soak(seed=3, seconds=30, every_seconds=6)

    assert done["acknowledged"] > 0
