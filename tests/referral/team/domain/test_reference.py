from typing import Any

import pytest
from pydantic import ValidationError

from services.referral.settings import ReferralSettings
from services.referral.team.domain.reference import default_prefix, local_reference

SETTINGS: dict[str, Any] = {
    "team": "blackburn-with-darwen",
    "database_url": "postgresql://unused@127.0.0.1/unused",
    "redis_url": "redis://127.0.0.1",
    "region_key": bytes(range(32)).hex(),
    "port": 8000,
    "private_port": 8001,
    "public_url": "http://127.0.0.1:8000",
    "sign_in": "demonstration",
}


def test_two_teams_whose_names_begin_alike_can_have_prefixes_of_their_own() -> None:
    usual, own = (ReferralSettings(**SETTINGS | said).to_team() for said in ({}, {"reference_prefix": "BWD"}))

    assert default_prefix("blackpool") == usual.prefix == "BLA"
    assert local_reference(own.prefix, 2026, 7) == "BWD-2026-000007"


@pytest.mark.parametrize("wrong", ["B", "BLACK", "bwd", "B-D", "B1"])
def test_a_prefix_is_two_to_four_capitals(wrong: str) -> None:
    with pytest.raises(ValidationError):
        ReferralSettings(**SETTINGS, reference_prefix=wrong)
