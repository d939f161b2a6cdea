"""What must be there before anything starts: passwords that nobody chose, and folders that each container may enter.

    python -m deploy.compose.make_secrets               the region's
    python -m deploy.compose.make_secrets blackpool     a team's

Run again, it changes nothing. It runs as root in a container without a network, because it gives folders away.
"""

import hashlib
import os
import sys
from pathlib import Path

from shared.contracts.slug import is_slug
from shared.discovery import of_region, of_team
from shared.tenancy.names import redis_user
from shared.tenancy.secret_folder import SecretFolder

SECRETS, HTTP, IDENTITY = Path("/secrets"), Path("/http"), Path("/identity")
SERVICE, REDIS, GRAFANA = 10001, 999, 472


def main() -> None:
    """For the team that is named, or for the region."""
    team = sys.argv[1] if len(sys.argv) > 1 else None
    if team is not None and not is_slug(team):
        sys.exit("A team's name has 2 to 31 small letters, digits and single hyphens, and begins with a letter.")
    made = SecretFolder(SECRETS / "made")
    password = made.secret("postgres")
    _put(SECRETS / "postgres" / "password", password, 0)
    _put(
        SECRETS / "operator" / "postgres-admin-url", f"postgresql://postgres:{password}@postgres:5432/postgres", SERVICE
    )
    _put(
        SECRETS / "sign-in" / "client-secret", made.secret("sign-in"), SERVICE
    )  # the demonstration's, never a real one
    for one in of_team() if team else of_region():
        own = SECRETS / redis_user(team, one.name)
        _put(own / "openid-client-secret", _client_secret(made), SERVICE)
        _put(own / "openid-mapping.json", (IDENTITY / "mapping.json").read_text(encoding="utf-8"), SERVICE)
    _folder(HTTP / (team or "region"), SERVICE)
    if team is None:
        _make_region(made)
    else:
        _make_backup()
    for path in (SECRETS, SECRETS / "made", *(SECRETS / "made").iterdir()):
        os.chown(path, SERVICE, SERVICE)


def _client_secret(made: SecretFolder) -> str:
    """Which the provider gave; that of the demonstration's gives none."""
    given = IDENTITY / "client-secret"
    return given.read_text(encoding="ascii").strip() if given.exists() else made.secret("sign-in")


def _make_region(made: SecretFolder) -> None:
    operator = made.secret("redis-operator")
    _put(SECRETS / "operator" / "redis-admin-url", f"redis://operator:{operator}@redis:6379/0", SERVICE)
    _folder(SECRETS / "backup", SERVICE)  # for whom copies of the region are encrypted (deploy/region)
    _put(SECRETS / "grafana" / "password", made.secret("grafana"), GRAFANA)
    users = Path("/redis/users.acl")
    if not users.exists():
        digest = hashlib.sha256(operator.encode("ascii")).hexdigest()
        _put(users, f"user default off\nuser operator on #{digest} ~* &* +@all\n", REDIS)
    for path in (users.parent, Path("/gateway"), Path("/routes"), HTTP):
        owner = REDIS if path == users.parent else SERVICE
        os.chown(path, owner, owner)


def _make_backup() -> None:
    """PostgreSQL writes into the spool, under a number that is each image's own, and what ships it takes it away."""
    _folder(SECRETS / "backup", SERVICE)
    for path in (Path("/spool"), Path("/backups")):
        os.chown(path, SERVICE, SERVICE)
    wal = Path("/spool/wal")
    wal.mkdir(exist_ok=True)
    wal.chmod(0o777)


def _folder(path: Path, owner: int) -> None:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chown(path, owner, owner)


def _put(path: Path, text: str, owner: int) -> None:
    """A file for its owner only; one that says the same stays."""
    _folder(path.parent, owner)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        draft = path.with_name(f".{path.name}")
        draft.write_text(text, encoding="utf-8")
        draft.chmod(0o400)
        os.chown(draft, owner, owner)
        draft.replace(path)


if __name__ == "__main__":
    main()
