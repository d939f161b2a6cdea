"""What a process is told: a mistake is refused with the variable's name, and never with its value.

One file of variables can be for several services.
"""

from ipaddress import ip_network
from pathlib import Path

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


def test_services_of_the_team_have_a_name_and_an_address_each() -> None:
    beside = read(team_services="Lending=https://lending.example.org, Own=https://pairs.example.org").beside

    assert beside == [("Lending", "https://lending.example.org"), ("Own", "https://pairs.example.org")]
    with pytest.raises(WrongSettings, match="PAIRS_TEAM_SERVICES"):
        read(team_services="https://lending.example.org/")


class Own(Settings):
    phone_line: str = ""


FOR_ALL = {
    "PAIRS_TEAM": "blackpool",
    "PAIRS_REGION_KEY": "ab" * 32,
    "PAIRS_REDIS_URL": "redis://127.0.0.1",
    "PAIRS_DATABASE_URL": "postgresql://one@127.0.0.1/one",
    "PAIRS_PORT": "8000",
    "PAIRS_PRIVATE_PORT": "9000",
    "PAIRS_PUBLIC_URL": "http://127.0.0.1:8000",
}
SHARED_FILE = FOR_ALL | {
    "PAIRS_TWO__PORT": "8002",
    "PAIRS_TWO__PHONE_LINE": "01632 960 001",
    "PAIRS_THREE__DATABASE_URL_FILE": "/nowhere",
    "PAIRS_SERVICE_PACKAGES": "someone.services",
}


def test_one_file_of_variables_is_for_several_services() -> None:
    one = read_settings(SHARED_FILE, service="one")
    two = read_settings(SHARED_FILE, service="two", model=Own)

    assert (one.port, two.port, two.phone_line) == (8000, 8002, "01632 960 001")


def test_a_secret_of_another_service_is_not_even_opened() -> None:
    with pytest.raises(WrongSettings, match="PAIRS_THREE__DATABASE_URL_FILE names a file that cannot be read"):
        read_settings(SHARED_FILE, service="three")
    assert read_settings(SHARED_FILE, service="one").database_url == FOR_ALL["PAIRS_DATABASE_URL"]


def test_a_services_own_file_wins_over_what_is_said_for_all(tmp_path: Path) -> None:
    secret = tmp_path / "database-url"
    secret.write_text("postgresql://two@127.0.0.1/two\n")
    secret.chmod(0o600)

    settings = read_settings(FOR_ALL | {"PAIRS_TWO__DATABASE_URL_FILE": str(secret)}, service="two")

    assert settings.database_url == "postgresql://two@127.0.0.1/two"


@pytest.mark.parametrize("name", ["PAIRS_PHONE_LINE", "PAIRS_ONE__PHONE_LINE", "PAIRS_PROT", "PAIRS_ONE__PORT__"])
def test_a_variable_that_nobody_reads_is_a_mistake(name: str) -> None:
    with pytest.raises(WrongSettings, match=f"{name} is not a setting of this service"):
        read_settings(FOR_ALL | {name: "1"}, service="one")


def test_a_newer_versions_setting_that_has_no_value_stops_no_older_one() -> None:
    assert read_settings(FOR_ALL | {"PAIRS_OF_THE_NEXT_VERSION": ""}, service="one") == read_settings(
        FOR_ALL, service="one"
    )


def test_a_secrets_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "redis-url"
    secret.write_text("redis://127.0.0.1")
    secret.chmod(0o644)
    environment = {name: value for name, value in FOR_ALL.items() if name != "PAIRS_REDIS_URL"}

    with pytest.raises(WrongSettings, match="chmod o-r"):
        read_settings(environment | {"PAIRS_REDIS_URL_FILE": str(secret)})
