"""The demonstration's provider asks nobody for a password: it is nobody's provider but this machine's."""

from pathlib import Path

import pytest

from deploy.sign_in.organisation import Organisations
from deploy.sign_in.provider import create_provider


@pytest.mark.parametrize("name", ["pairs.example.nhs.uk", "localhost.example.org", "10.0.0.5"])
def test_it_serves_no_address_that_others_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="asks nobody for a password"):
        create_provider(Organisations(tmp_path), f"https://{name}/blackpool")


def test_it_serves_this_machine(tmp_path: Path) -> None:
    assert create_provider(Organisations(tmp_path), "https://blackpool--sign-in.pairs.localhost")
