"""A loop that hangs is noticed; one that fails and waits, or has nothing to do, is not."""

import pytest

from shared.kernel.pulse import STILL_SECONDS, Hangs, Pulse


def test_a_loop_that_goes_nowhere_is_noticed_and_one_that_rests_is_not() -> None:
    now = 0.0
    pulse = Pulse("reader", stopwatch=lambda: now)
    pulse.check()
    pulse.beat()
    now += STILL_SECONDS
    pulse.check()
    now += 1
    with pytest.raises(Hangs, match="reader"):
        pulse.check()

    pulse.rest()

    pulse.check()
