"""What the doctor says of the gateway's certificate."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from deploy.compose import certificate
from deploy.compose.certificate import troubles
from shared.kernel.clock import machine_clock
from tests.deploy.gateway_alone import DOMAIN, certificate_and_key


@pytest.mark.parametrize(
    ("days", "hosts", "words"),
    [
        (30, f"*.{DOMAIN}", ""),
        (13, f"*.{DOMAIN}", "The certificate ends on "),
        (-1, f"*.{DOMAIN}", "The certificate ended on "),
        (30, f"region.{DOMAIN}", f"The certificate does not name *.{DOMAIN}"),
    ],
)
def test_a_certificate_that_ends_within_a_fortnight_or_names_other_hosts_is_not_well(
    days: int, hosts: str, words: str
) -> None:
    chain, key = certificate_and_key("pairs", days=days, hosts=hosts)

    found = troubles(chain, key, DOMAIN, machine_clock())

    assert [one.startswith(words) for one in found] == [True] * bool(words)


def test_a_key_that_has_a_password_is_said_to_be_none_that_the_gateway_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    chain, key = certificate_and_key("pairs")
    locked = load_pem_private_key(key, None).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")
    )
    (tmp_path / "fullchain.pem").write_bytes(chain)
    (tmp_path / "privkey.pem").write_bytes(locked)
    monkeypatch.setattr(certificate, "FILES", tmp_path)

    assert certificate.main(DOMAIN) == 1
    assert "PAIRS_CERTIFICATES must have" in capsys.readouterr().out


def test_a_key_of_another_certificate_is_named() -> None:
    chain, _ = certificate_and_key("pairs")
    _, key = certificate_and_key("pairs")

    [found] = troubles(chain, key, DOMAIN, machine_clock())

    assert found.startswith("privkey.pem is not the key of fullchain.pem")
