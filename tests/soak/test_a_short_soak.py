"""A few seconds of `make soak`, on one team: its load, its faults and its books must go on working."""

import random
from pathlib import Path
from typing import Any

import pytest

from tests.soak.faults import FAULTS, Planned, plan
from tests.soak.soak import Soaking, soak
from tests.soak.truth import Truth, Window

pytestmark = pytest.mark.timeout(300)
"""Four services are started, and one fault waits for the other to be over."""


async def test_a_redis_that_forgets_and_a_database_that_cuts_lose_and_double_nothing_and_the_doctor_tells_it(
    tmp_path: Path,
) -> None:
    report = await soak(seed=21, seconds=8, logs=tmp_path, teams=("blackpool",), every_seconds=4)

    assert report["wrong"] == []
    assert all(report["acknowledged"][deed] for deed in ("referral", "message", "booking", "consultation")), report
    assert report["faults"] == {"redis_loses_everything": 1, "database_cuts_every_connection": 1}


def test_a_seed_gives_the_same_plan_again_and_another_seed_another() -> None:
    first, again, other = (plan(random.Random(seed), ["one", "two"]) for seed in (1, 1, 2))

    assert first == again != other
    assert {planned.fault for planned in first[: len(FAULTS)]} == {*FAULTS}


async def test_a_doctor_that_gives_no_answer_while_a_fault_lasts_is_wrong_where_it_must_name_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.soak.soak.SEEN_SECONDS", 0.01)
    nobody: Any = None
    soaking = Soaking(nobody, Truth(nobody))

    for fault in FAULTS:
        await soaking.is_seen(Window(Planned(fault, "one", 1.0), began=0.0))

    must = [fault.name for fault in FAULTS if fault.must_name]
    assert must
    assert soaking.wrong == [f"the doctor: it gave no answer while it was {name} one" for name in must]
