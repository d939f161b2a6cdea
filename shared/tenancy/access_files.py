"""What a service is told when it starts and nobody else may read: files of mode 0600, for `PAIRS_…_FILE`.

They stand in a folder of the service's own, so that a container is given that folder and no other. The password of
PostgreSQL stands in a file by itself, which `PGPASSFILE` names and which is read at each connection: another one takes
effect without a restart.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from shared.tenancy.admin import ServiceAccess
from shared.tenancy.secret_folder import SecretFolder


def write_access(folder: Path, access: ServiceAccess, *, keys: Mapping[str, str]) -> dict[str, Path]:
    """A file for each setting, by the setting's name; one that says the same already is left as it is.

    Args:
        folder: made if it is not there, mode 0700.
        keys: what `keys_of` gives.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    database_url, password = _apart(access.database_url)
    write_password(folder, password)
    secrets = {"DATABASE_URL": database_url, "REDIS_URL": access.redis_url, **keys}
    return write_keys(folder, secrets)


def write_keys(folder: Path, keys: Mapping[str, str]) -> dict[str, Path]:
    """A file for each, by its name."""
    return {name: _write(folder / name.lower().replace("_", "-"), text) for name, text in keys.items()}


def write_password(folder: Path, password: str) -> None:
    """Whoever is given it has one role, for whatever it connects to."""
    _write(password_file(folder), f"*:*:*:*:{password}\n")


def password_file(folder: Path) -> Path:
    """For `PGPASSFILE`."""
    return folder / "pgpass"


def _apart(database_url: str) -> tuple[str, str]:
    """The address without its password, and the password."""
    parts = urlsplit(database_url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{parts.username}@{place}")), parts.password or ""


def keys_of(team: str | None, own: str, secrets: SecretFolder) -> dict[str, str]:
    """A team's keys that a service is told, by the setting's name: that which all its services have, and its own.

    Args:
        team: its slug; None: the region, which has no key that all of its services have.
        own: settings of the service that are keys, set apart by spaces.
    """
    names = [*(["region_key"] if team else []), *own.split()]
    return {name.upper(): secrets.secret(f"{team or 'region'}.{name.replace('_', '-')}") for name in names}


def _write(path: Path, text: str) -> Path:
    """Put in its place when it is whole, and never readable by others for a moment."""
    if not path.exists() or path.read_text(encoding="ascii") != text:
        draft = path.with_name(f".{path.name}")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
        draft.replace(path)
    return path
