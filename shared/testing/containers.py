"""The same two servers from the official images, for machines where Docker answers."""

import hashlib
import secrets
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import redis

from shared.tenancy.admin import AdminUrls

POSTGRES_IMAGE = "postgres:17"
REDIS_IMAGE = "redis:8"


@contextmanager
def container_servers() -> Generator[AdminUrls]:
    """Both servers, removed at the end; set up as the embedded ones: ACL file, no default user, append-only file."""
    from testcontainers.core.container import DockerContainer  # noqa: PLC0415 - only here is Docker needed
    from testcontainers.postgres import PostgresContainer  # noqa: PLC0415

    password = secrets.token_hex(32)
    digest = hashlib.sha256(password.encode("ascii")).hexdigest()
    begin = (
        f"printf 'user default off\\nuser operator on #{digest} ~* &* +@all\\n' > /data/users.acl"
        " && exec redis-server --aclfile /data/users.acl --appendonly yes --save '' --maxmemory-policy noeviction"
    )
    postgres: Any = PostgresContainer(
        POSTGRES_IMAGE, username="postgres", password=password, dbname="postgres", driver=None
    )
    cache: Any = DockerContainer(REDIS_IMAGE).with_command(["sh", "-c", begin]).with_exposed_ports(6379)
    with postgres, cache:
        host, port = cache.get_container_host_ip(), cache.get_exposed_port(6379)
        url = f"redis://operator:{password}@{host}:{port}/0"
        _wait_for(url)
        yield AdminUrls(postgres.get_connection_url(), url)


def _wait_for(url: str) -> None:
    client: Any = redis.Redis.from_url(url)  # pyright: ignore[reportUnknownMemberType]
    for _ in range(300):
        try:
            client.ping()
        except redis.ConnectionError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("Redis did not answer within 30 seconds")
