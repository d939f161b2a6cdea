from shared.mail import TOTAL_SECONDS
from shared.staff.message import CLAIMED_FOR


def test_nobody_takes_a_message_over_while_it_can_still_be_leaving() -> None:
    assert CLAIMED_FOR.total_seconds() > 2 * TOTAL_SECONDS
