"""What a service process of `pairs up` is told: ports, address, and its secrets in files that are ours alone."""

import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.process import free_port
from shared.discovery import VARIABLE
from shared.kernel.settings import PREFIX
from shared.tenancy.access_files import keys_of, password_file, write_access
from shared.tenancy.admin import ServiceAccess
from shared.tenancy.secret_folder import SecretFolder

FIRST_PORT = 8001
_FRIENDLY_PORTS = range(FIRST_PORT, FIRST_PORT + 99)
_SIGN_IN_PORTS = range(FIRST_PORT + 99, FIRST_PORT + 119)
_HOST = "127.0.0.1"
_ROOT = Path(__file__).parents[2]


class Ports:
    """Gives 8001, 8002 … to services in their order, and passes over those that someone else has.

    A port stays ours while its service is starting again: no other `pairs up` of this machine takes it.
    """

    def __init__(self) -> None:
        self._marks: dict[int, socket.socket] = {}

    def public(self) -> int:
        return next((port for port in _FRIENDLY_PORTS if self._take(port)), 0) or free_port()

    def sign_in(self) -> int:
        """8100, or the next that is free."""
        return next((port for port in _SIGN_IN_PORTS if self._take(port)), 0) or free_port()

    def private(self) -> int:
        """Marked too: of two that start at once the second would take the first one's answers for its own."""
        return next(port for port in iter(free_port, None) if self._take(port))

    def give_back(self, port: int) -> None:
        if mark := self._marks.pop(port, None):
            mark.close()

    def _take(self, port: int) -> bool:
        """By a name in the kernel, which goes when we go, however we end."""
        if port in self._marks or not _is_free(port):
            return False
        mark = socket.socket(socket.AF_UNIX)
        try:
            if sys.platform == "linux":
                mark.bind(f"\0pairs-port-{port}")
        except OSError:
            mark.close()
            return False
        self._marks[port] = mark
        return True


@dataclass(frozen=True)
class Whereabouts:
    """Where a service is, and those of its team."""

    port: int
    private_port: int
    beside: Mapping[str, int]
    """Ports of the team's services, its own too, by their names."""


@dataclass(frozen=True)
class SignInSettings:
    """Which provider a service relies on."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    mapping: Path


def url_at(port: int) -> str:
    """Where browsers find what listens there."""
    return f"http://{_HOST}:{port}"


class ServiceEnvironment:
    """Makes the environment of each service in one state folder.

    Args:
        secrets: where each team's keys are kept.
    """

    def __init__(self, state: Path, secrets: SecretFolder) -> None:
        self._folder = state / "run"
        self._folder.mkdir(exist_ok=True, mode=0o700)
        self._secrets = secrets

    def of(
        self,
        *,
        name: str,
        team: str | None,
        keys: str,
        access: ServiceAccess,
        where: Whereabouts,
        sign_in: SignInSettings,
    ) -> dict[str, str]:
        """Our own environment without its settings, and with those of the service.

        Args:
            keys: settings of its own that are keys.
        """
        secrets = keys_of(team, keys, self._secrets) | {"OPENID_CLIENT_SECRET": sign_in.secret}
        files = write_access(self._folder / name, access, keys=secrets)
        settings = {
            **{f"{setting}_FILE": str(path) for setting, path in files.items()},
            "PORT": str(where.port),
            "PRIVATE_PORT": str(where.private_port),
            "PUBLIC_URL": url_at(where.port),
            "SIGN_IN": "demonstration",
            "OPENID_ISSUER": sign_in.issuer,
            "OPENID_CLIENT_ID": sign_in.client_id,
            "OPENID_MAPPING": str(sign_in.mapping),
        }
        if team:
            settings["TEAM"] = team
            settings["TEAM_SERVICES"] = ",".join(f"{title}={url_at(at)}" for title, at in where.beside.items())
        told = {f"{PREFIX}{key}": value for key, value in settings.items()}
        return without_settings(os.environ) | told | {"PGPASSFILE": str(password_file(self._folder / name))}


def without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Our own environment, for a process of ours; but for what a service would take for its settings."""
    kept = {name: value for name, value in environment.items() if name == VARIABLE or not name.startswith(PREFIX)}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, [str(_ROOT), environment.get("PYTHONPATH")]))}


def _is_free(port: int) -> bool:
    try:
        socket.create_server((_HOST, port)).close()
    except OSError:
        return False
    return True
