"""What a process is told: refused with the variable's name, and never with its value."""

from ipaddress import ip_network

import pytest

from shared.kernel.settings import Settings, WrongSettings, read_settings

TOLD = {
    "PAIRS_DATABASE_URL": "postgresql://role:secret@127.0.0.1/database",
    "PAIRS_REDIS_URL": "redis://127.0.0.1",
    "PAIRS_PORT": "8000",
    "PAIRS_PRIVATE_PORT": "8001",
    "PAIRS_PUBLIC_URL": "https://pairs.example.org",
}


def read(**more: str) -> Settings:
    return read_settings(TOLD | {f"PAIRS_{name.upper()}": value for name, value in more.items()})


def test_no_proxy_is_trusted_that_is_not_named() -> None:
    assert read().trusted_proxies == read(trusted_proxies="").trusted_proxies == ()


def test_proxies_are_addresses_or_networks_with_commas_between() -> None:
    proxies = read(trusted_proxies="192.0.2.1, 198.51.100.0/24,2001:db8::/32").trusted_proxies

    assert proxies == (ip_network("192.0.2.1/32"), ip_network("198.51.100.0/24"), ip_network("2001:db8::/32"))


@pytest.mark.parametrize("wrong", ["*", "proxy.example.org", "192.0.2.1/24", "0.0.0.0/0", "::/0", "192.0.2.1,"])
def test_what_names_no_proxy_or_everybody_is_refused(wrong: str) -> None:
    with pytest.raises(WrongSettings, match="PAIRS_TRUSTED_PROXIES") as refused:
        read(trusted_proxies=wrong)

    assert wrong not in str(refused.value)
