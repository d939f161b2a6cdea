"""What the doctor finds of Redis or Valkey itself: who is let in, whether it keeps what it is given, and has room."""

from collections.abc import AsyncGenerator
from typing import Any

from shared.cli.finding import Finding
from shared.streams.connection import connect
from shared.tenancy.admin import AdminUrls
from shared.tenancy.redis_door import ask

OLDEST = (7, 2)


async def redis_findings(admin: AdminUrls) -> AsyncGenerator[Finding]:
    """Raises what redis-py raises when it does not answer."""
    async with connect(admin.redis) as redis:
        about: dict[str, Any] = await redis.info("server")
        room: dict[str, Any] = {**await redis.info("memory"), **await redis.info("persistence")}
        settings = {name: await _setting(redis, name) for name in ("appendonly", "maxmemory-policy", "aclfile")}
        default = [line for line in await ask(redis, "ACL", "LIST") if line.startswith(b"user default")]
    version = str(about.get("valkey_version") or about["redis_version"])
    new_enough = tuple(int(part) for part in version.split(".")[:2]) >= OLDEST
    yield Finding("Redis or Valkey", new_enough, f"version {version}", "Upgrade to 7.2 or newer.")
    yield Finding(
        "Redis lets nobody in without a password",
        b" off " in default[0],
        "the default user is off" if b" off " in default[0] else "the default user is on",
        "Put `user default off` into the ACL file and start Redis again.",
    )
    kept = (
        settings["appendonly"] == "yes" and settings["maxmemory-policy"] == "noeviction" and bool(settings["aclfile"])
    )
    yield Finding(
        "Redis keeps what it is given",
        kept,
        ", ".join(f"{name} {value or 'none'}" for name, value in settings.items() if name != "aclfile"),
        "Set appendonly yes, maxmemory-policy noeviction and an aclfile.",
    )
    full = _full(room)
    yield Finding("Redis has room", not full, full or "for what comes next", "Give it more: until then events wait.")


def _full(about: dict[str, Any]) -> str:
    """What it has too little of to take another event; empty when it has enough."""
    of_memory = 0 < about["maxmemory"] <= about["used_memory"]
    of_disk = about["aof_enabled"] and about["aof_last_write_status"] != "ok"
    return ", ".join([*(["its memory is full"] if of_memory else []), *(["its disk is full"] if of_disk else [])])


async def _setting(redis: Any, name: str) -> str:
    answer = await ask(redis, "CONFIG", "GET", name)
    return answer[1].decode() if answer else ""
