"""What a process is told when it starts: `PAIRS_*` variables, read once.

Each variable is described by the field of the same name (`PAIRS_DATABASE_URL` is `database_url`). A secret can come
from a file instead: `PAIRS_DATABASE_URL_FILE=/run/secrets/database_url`; its last line end is dropped, and a file that
other accounts can read is refused. There is no default for a secret, and a variable that nobody reads is a mistake:
both stop the process with exit code 78 (EX_CONFIG) and a sentence that names the variable.

Services can share one file of variables: `PAIRS_ONE__PORT` is for the service `one` only, wins over `PAIRS_PORT`,
and is none of any other service's business; what has no service in its name is for all of them.
"""

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, NamedTuple, Self, TypeVar, overload
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    IPvAnyNetwork,
    ValidationError,
    field_validator,
    model_validator,
)

from shared import discovery
from shared.contracts.slug import Slug

EX_CONFIG = 78
PREFIX = "PAIRS_"
_IN_A_FILE = "_FILE"


class WrongSettings(Exception):
    """The process cannot start with these settings; the message says which variable to change, never its value."""


def _parts(given: object) -> object:
    return [part.strip() for part in given.split(",")] if isinstance(given, str) and given else given or ()


def _path(given: object) -> object:
    return given or None


class Settings(BaseModel):
    """Settings of one service process."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    team: Slug | None = None
    """The team that this process serves; none for a service of the region."""
    database_url: str = Field(pattern=r"^postgresql://")
    """postgresql://role:password@host:port/database; secret."""
    redis_url: str = Field(pattern=r"^rediss?://")
    """redis://user:password@host:port/0; secret."""
    region_key: str = Field(default="", pattern=r"^([0-9a-f]{64,})?$")
    """Hexadecimal, 32 bytes or more; secret. Turns ids into the region's pseudonyms. A team's service must have one."""
    host: str = "127.0.0.1"
    """Address that the public port listens on."""
    port: int = Field(default=0, ge=0, le=65535)
    """Port of the pages and the API; any free one when it is 0."""
    socket: Path | None = None
    """File of a Unix socket for the pages and the API, in place of the port. Whoever may connect to it is the gateway:
    the address that it says a browser has is believed. What the private port has is beside it, in `….private.sock`."""
    private_port: int = Field(ge=0, le=65535)
    """Port of /livez, /readyz and /metrics, on the same address; never published."""
    public_url: str = Field(pattern=r"^https?://[^/]+$")
    """Where browsers find this service, with no slash at the end. Requests for any other host are refused."""
    team_services: Annotated[tuple[str, ...], BeforeValidator(_parts)] = ()
    """Where the team's services are, with commas between, in the order of the bar that leads between them:
    `Name=https://host`; this one is among them. None: there is no bar."""
    trusted_proxies: Annotated[tuple[IPvAnyNetwork, ...], BeforeValidator(_parts)] = ()
    """Addresses or networks, with commas between, of the proxies in front of the public port. The address that they
    say a browser has (X-Forwarded-For) is believed; of anyone else it is not, for anyone can write it."""
    sign_in: Literal["none", "openid", "demonstration"] = "none"
    """`openid`: with the accounts of the organisation that `openid_issuer` names. `demonstration`: the same, with a
    provider that asks nobody for a password; it is refused unless the public URL is on this machine."""
    openid_issuer: str = Field(default="", pattern=r"^(https?://[^\s?#]+)?$")
    """The provider, exactly as its tokens name it, with a slash at the end or without."""
    openid_client_id: str = ""
    """What the provider calls this service, or the team's services together."""
    openid_client_secret: str = Field(default="", pattern=r"^([!-~]{16,}|-----BEGIN [A-Z ]+-----\n[\n -~]+)?$")
    """Secret: what the provider and the client both have, or the client's private key, as PEM (`private_key_jwt`)."""
    openid_mapping: Annotated[Path | None, BeforeValidator(_path)] = None
    """File that says which of the provider's claims give which role (docs/identity.md)."""
    openid_reached_at: str = Field(default="", pattern=r"^(https?://[^\s?#]+)?$")
    """Where this process asks the provider, if that is not where browsers find it: its description is below."""
    openid_pages_at: str = Field(default="", pattern=r"^(https?://[^\s?#/]+)?$")
    """Where browsers find the provider's own pages, if not at the issuer's address: scheme and host, no path."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("trusted_proxies")
    @classmethod
    def _nobody_trusts_everybody(cls, networks: tuple[IPvAnyNetwork, ...]) -> tuple[IPvAnyNetwork, ...]:
        if any(network.prefixlen == 0 for network in networks):
            raise ValueError("name the proxies: with this network every browser could say that it is another")
        return networks

    @field_validator("team_services")
    @classmethod
    def _each_has_a_name_and_an_address(cls, services: tuple[str, ...]) -> tuple[str, ...]:
        if not all(re.fullmatch(r"[^=]+=https?://[^/]+", one) for one in services):
            raise ValueError("write each service as Name=https://host, with commas between")
        return services

    @property
    def beside(self) -> list[tuple[str, str]]:
        """Name and address of each service of the team."""
        return [(name, url) for name, _, url in (one.partition("=") for one in self.team_services)]

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https:")

    @model_validator(mode="after")
    def _demonstration_stays_on_this_machine(self) -> Self:
        if self.sign_in == "demonstration" and not is_loopback(urlsplit(self.public_url).hostname or ""):
            raise ValueError("PAIRS_SIGN_IN=demonstration lets anyone in: it needs a PAIRS_PUBLIC_URL on this machine")
        return self

    @model_validator(mode="after")
    def _a_provider_is_asked_where_nobody_listens_in(self) -> Self:
        for address in filter(None, (self.openid_issuer, self.openid_reached_at, self.openid_pages_at)):
            is_near = address.startswith("https:") or is_loopback(urlsplit(address).hostname or "")
            if self.sign_in == "openid" and not is_near:
                raise ValueError(
                    "PAIRS_OPENID_ISSUER, PAIRS_OPENID_REACHED_AT and PAIRS_OPENID_PAGES_AT begin with https://"
                )
        return self

    @model_validator(mode="after")
    def _a_team_has_a_region_key(self) -> Self:
        if self.team and not self.region_key:
            raise ValueError("PAIRS_REGION_KEY is missing: make one with `openssl rand -hex 32`, and keep it")
        return self


def is_loopback(host: str) -> bool:
    """On this machine, whatever a name server says. Source: RFC 6761, section 6.3."""
    return host in {"127.0.0.1", "::1", "localhost"} or host.endswith(".localhost")


AnySettings = TypeVar("AnySettings", bound=Settings)


@overload
def read_settings(environment: Mapping[str, str] | None = None, *, service: str = "") -> Settings: ...
@overload
def read_settings(
    environment: Mapping[str, str] | None = None, *, service: str = "", model: type[AnySettings]
) -> AnySettings: ...
def read_settings(
    environment: Mapping[str, str] | None = None, *, service: str = "", model: type[Settings] = Settings
) -> Settings:
    """The settings in the environment.

    Args:
        service: whose; variables with another service's name are passed over.
        model: with the settings that a service has of its own.

    Raises:
        WrongSettings: a variable is missing, wrong or unknown, or a secret's file is open to others.
    """
    found = _variables(os.environ if environment is None else environment, service)
    unknown = found.keys() - model.model_fields.keys()
    # One without a value asks for nothing: that of a newer version, whose Compose file this one runs by again.
    if wrong := sorted(name for name in unknown if found[name].value):
        raise WrongSettings("; ".join(f"{found[name]} is not a setting of this service" for name in wrong))
    return _checked(model, {name: given.read() for name, given in found.items() if name not in unknown})


def _checked(model: type[Settings], values: dict[str, str]) -> Settings:
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise WrongSettings("; ".join(_sentence(item["loc"], item["msg"]) for item in error.errors())) from None


def variable(name: str, *, service: str = "") -> str | None:
    """One setting, such as `database_url`, where the rest does not matter.

    Raises:
        WrongSettings: its file cannot be read, or is open to others.
    """
    given = _variables(os.environ, service).get(name)
    return given.read() if given else None


class _Variable(NamedTuple):
    name: str
    value: str

    def read(self) -> str:
        """What it says, or what is in the file that it names."""
        return _secret(self.name, Path(self.value)) if self.name.endswith(_IN_A_FILE) else self.value

    def __str__(self) -> str:
        return self.name


def _variables(environment: Mapping[str, str], service: str) -> dict[str, _Variable]:
    """By the setting's name: those of the service, and those of all that it has not for itself."""
    for_all: dict[str, _Variable] = {}
    for_one: dict[str, _Variable] = {}
    for name, value in environment.items():
        if not name.startswith(PREFIX) or name == discovery.VARIABLE:
            continue
        setting = name.removeprefix(PREFIX).removesuffix(_IN_A_FILE).lower()
        whose, mark, of_one = setting.partition("__")
        if not mark:
            for_all[setting] = _Variable(name, value)
        elif whose == service:
            for_one[of_one] = _Variable(name, value)
    return for_all | for_one


def _secret(variable: str, path: Path) -> str:
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="utf-8")
    except OSError:
        raise WrongSettings(f"{variable} names a file that cannot be read") from None
    if mode & stat.S_IROTH:
        raise WrongSettings(f"{variable} names a file that every account can read: chmod o-r it")
    return text.removesuffix("\n")


def _sentence(location: tuple[int | str, ...], message: str) -> str:
    if not location:
        return message.removeprefix("Value error, ")
    return f"{PREFIX}{str(location[0]).upper()}: {message}"
