"""Where the work with a family stands follows from its record."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.referral.support.domain.phase import Milestones, Phase, phase_of

TODAY = date(2026, 3, 2)
MET: dict[str, Any] = {"first_contact_on": TODAY}
ASSESSED = MET | {"assessed_on": TODAY}
UNDERSTOOD = ASSESSED | {"formulated_on": TODAY}
PLANNED = UNDERSTOOD | {"plan_agreed_on": TODAY, "review_on": TODAY}


@pytest.mark.parametrize(
    ("record", "phase"),
    [
        ({}, Phase.WAITING),
        (MET, Phase.ASSESSMENT),
        (ASSESSED, Phase.FORMULATION),
        (UNDERSTOOD, Phase.PLANNING),
        (PLANNED, Phase.INTERVENTION),
        (PLANNED | {"review_on": TODAY - timedelta(days=1)}, Phase.REVIEW_DUE),
        (PLANNED | {"is_hand_over_planned": True}, Phase.HAND_OVER),
        (PLANNED | {"is_hand_over_planned": True, "is_paused": True}, Phase.PAUSED),
        (MET | {"is_paused": True}, Phase.PAUSED),
        (PLANNED | {"ended_on": TODAY, "is_paused": True}, Phase.ENDED),
    ],
    ids=lambda value: value.value if isinstance(value, Phase) else "",
)
def test_the_phase_is_what_the_record_says(record: dict[str, Any], phase: Phase) -> None:
    assert phase_of(Milestones(**record), TODAY) is phase
