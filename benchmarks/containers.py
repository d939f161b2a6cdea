"""What a region in containers takes: to be there from nothing, to have one more team, and to be idle.

    python -m benchmarks.containers --teams 20 --minutes 10

It begins on a machine where no region is, builds the images first, and takes everything away at the end. Rows for
results.md go to standard output. Where PAIRS_HTTPS_PORT and its like are set, they hold.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

ROOT = Path(__file__).parents[1]
IMAGES = ("ops", "referral", "consultation", "training", "reporting")
CGROUPS = Path("/sys/fs/cgroup")
_UNITS = {"B": 1 / 2**20, "KiB": 1 / 2**10, "MiB": 1.0, "GiB": 2.0**10}


def main(
    teams: Annotated[int, typer.Option(min=1, help="How many.")] = 20,
    minutes: Annotated[float, typer.Option(help="For how long they are looked at while idle.")] = 10,
) -> None:
    """Measure it."""
    if run("docker", "volume", "ls", "-q", "--filter", "name=^pairs_secrets$"):
        sys.exit("A region is here already: this measures one from nothing, and takes it away.")
    for file in ("docker-compose.yml", "deploy/compose/team.yml"):
        run("docker", "compose", "--project-directory", ".", "-f", file, "build", PAIRS_TEAM="any")
    slugs = [f"team-{number:02}" for number in range(1, teams + 1)]
    with region() as seconds:
        row("the region from nothing, images there", f"{seconds:.1f} s")
        added = [timed("deploy/team", "add", slug) for slug in slugs]
        row(f"a team is added, {teams} one after the other", f"{min(added):.0f} to {max(added):.0f} s")
        time.sleep(60)
        idle(slugs, minutes)
        for slug in slugs:
            run("docker", "rm", "-f", *names(slug))
    for image in IMAGES:
        size = int(run("docker", "image", "inspect", "--format", "{{.Size}}", f"pairs-{image}:local")) / 1e6
        row(f"image pairs-{image}", f"{size:.0f} MB: {', '.join(held(image))}")


@contextmanager
def region() -> Generator[float]:
    """How many seconds it took; gone afterwards, with what is left of its teams."""
    try:
        yield timed("docker", "compose", "up", "-d", "--wait")
    finally:
        left = run("docker", "ps", "-aq", "--filter", "name=^pairs-team-").split()
        run("docker", "rm", "-f", *left)
        run("docker", "compose", "down", "-v")
        for kind in ("volume", "network"):
            ids = run("docker", kind, "ls", "-q", "--filter", "name=^pairs-team-").split()
            run("docker", kind, "rm", *ids)
        for path in (ROOT / "deploy" / "compose" / "teams").glob("team-*.env"):
            path.unlink()


def idle(slugs: list[str], minutes: float) -> None:
    """Memory at the end, and processor time in between, health checks with it."""
    every = [name for slug in slugs for name in names(slug)]
    before, began = sum(map(processor_seconds, every)), time.monotonic()
    time.sleep(minutes * 60)
    share = (sum(map(processor_seconds, every)) - before) / (time.monotonic() - began)
    row(f"{len(slugs)} teams idle for {minutes:g} minutes", f"{share:.2f} of a core; {share / len(slugs):.3f} a team")
    megabytes = [sum(memory(name) for name in names(slug)) for slug in slugs]
    row("memory of an idle team", f"{min(megabytes):.0f} to {max(megabytes):.0f} MiB")
    parts = {name.split("-")[-2]: memory(name) for name in names(slugs[0])}
    row("of which", ", ".join(f"{part} {size:.0f}" for part, size in sorted(parts.items())))
    row(
        "the same as `docker stats` counts",
        f"{max(sum(shown(name) for name in names(slug)) for slug in slugs):.0f} MiB",
    )
    alone = sum(
        memory(name)
        for name in run("docker", "ps", "--filter", "name=^pairs-[a-z]*-1$", "--format", "{{.Names}}").split()
    )
    row("memory of the region without teams", f"{alone:.0f} MiB")


def names(slug: str) -> list[str]:
    filtered = f"label=com.docker.compose.project=pairs-{slug}"
    return run("docker", "ps", "--filter", filtered, "--format", "{{.Names}}").split()


def processor_seconds(name: str) -> float:
    """By the kernel's account of the container."""
    folder = account(name, "cpuacct")
    if (usage := folder / "cpuacct.usage").exists():
        return int(usage.read_text(encoding="ascii")) / 1e9
    return int(re.findall(r"usage_usec (\d+)", (folder / "cpu.stat").read_text(encoding="ascii"))[0]) / 1e6


def memory(name: str) -> float:
    """MiB that are its own: without files that the kernel keeps for it while nobody needs the room."""
    folder = account(name, "memory")
    used = next(path for one in ("memory.usage_in_bytes", "memory.current") if (path := folder / one).exists())
    told = dict(line.split() for line in (folder / "memory.stat").read_text(encoding="ascii").splitlines())
    of_files = sum(int(told.get(f"total_{kind}_file") or told[f"{kind}_file"]) for kind in ("active", "inactive"))
    return (int(used.read_text(encoding="ascii")) - of_files) / 2**20


def account(name: str, controller: str) -> Path:
    """Where the kernel keeps it, in whichever version."""
    pid = run("docker", "inspect", "--format", "{{.State.Pid}}", name).strip()
    for line in Path(f"/proc/{pid}/cgroup").read_text(encoding="ascii").splitlines():
        _, controllers, path = line.split(":", 2)
        if controller in controllers.split(","):
            return CGROUPS / controller / path.lstrip("/")
        if not controllers and (folder := CGROUPS / path.lstrip("/")).joinpath("cpu.stat").exists():
            return folder
    raise LookupError(name)


def shown(name: str) -> float:
    """MiB, as `docker stats` counts: with the files that were used more than once."""
    told: dict[str, Any] = json.loads(run("docker", "stats", "--no-stream", "--format", "json", name))
    [(number, unit)] = re.findall(r"^([\d.]+)([A-Za-z]+) /", told["MemUsage"])
    return float(number) * _UNITS[unit]


def held(image: str) -> list[str]:
    """Which services' code an image has."""
    words = ("docker", "run", "--rm", "--entrypoint", "ls", f"pairs-{image}:local", "services")
    return [one for one in run(*words).split() if not one.startswith("_")]


def timed(*command: str) -> float:
    began = time.monotonic()
    run(*command)
    return time.monotonic() - began


def run(*command: str, **environment: str) -> str:
    """What it prints. Ends the program with the command's last words when it fails."""
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)
    if done.returncode and "rm" not in command:
        sys.exit(f"{' '.join(command)}: {done.stderr[-2000:]}")
    return done.stdout


def row(what: str, figure: str) -> None:
    load = Path("/proc/loadavg").read_text(encoding="ascii").split()[0]
    sys.stdout.write(f"| {what} | {figure} | load {load} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    typer.run(main)
