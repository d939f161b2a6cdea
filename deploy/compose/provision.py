"""Databases, tables, roles, Redis users and each service's secrets, once the servers answer; then it ends.

python -m deploy.compose.provision               the region's services
python -m deploy.compose.provision blackpool     a team's, and the region is told of it
"""

import sys
from pathlib import Path

from deploy.backup.account import make_account
from shared.cli.pairs import app
from shared.kernel.settings import variable

SECRETS = Path("/secrets")


def main() -> None:
    """`pairs provision`, then `pairs migrate`; the first that fails ends it with its sentence."""
    for words in (["provision", *sys.argv[1:], "--secrets", str(SECRETS)], ["migrate", *sys.argv[1:]]):
        if code := app(words, standalone_mode=False):
            sys.exit(code)
    for team in sys.argv[1:]:
        make_account(variable("postgres_admin_url") or "", team, SECRETS)


if __name__ == "__main__":
    main()
