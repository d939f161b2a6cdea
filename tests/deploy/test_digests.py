"""`deploy/digests` holds the official images to one build each, where a registry says which that is."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FIRST, SECOND = "sha256:" + "a" * 64, "sha256:" + "b" * 64


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The script and the Compose files, with a `docker` beside them that says what `digest` says."""
    for name in ("deploy/digests", "deploy/compose/region.yml", "deploy/compose/team.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text(f"#!/bin/sh\ncat {tmp_path}/digest\n")
    docker.chmod(0o755)
    (tmp_path / "digest").write_text(f"{FIRST}\n")
    return tmp_path


def digests(checkout: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PATH": f"{checkout / 'bin'}:{os.environ['PATH']}"}
    command = [str(checkout / "deploy/digests"), *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=False)


def test_each_image_that_a_compose_file_names_is_held_to_its_build_and_other_settings_stay(checkout: Path) -> None:
    (checkout / ".env").write_text("PAIRS_DOMAIN=pairs.example.nhs.uk\nPAIRS_REDIS_IMAGE=redis:7\n")

    written = digests(checkout)

    lines = (checkout / ".env").read_text().splitlines()
    assert written.returncode == 0, written.stderr
    assert lines[0] == "PAIRS_DOMAIN=pairs.example.nhs.uk"
    held = dict(line.split("=", 1) for line in lines[1:])
    assert held["PAIRS_POSTGRES_IMAGE"] == f"postgres:17@{FIRST}"
    assert set(held) == {
        f"PAIRS_{one}_IMAGE" for one in ("PYTHON", "REDIS", "POSTGRES", "GATEWAY", "PROMETHEUS", "GRAFANA")
    }
    assert "Each image is held" in digests(checkout, "--check").stdout


def test_a_tag_that_names_another_build_is_told_of_and_only_then_written(checkout: Path) -> None:
    digests(checkout)
    (checkout / "digest").write_text(f"{SECOND}\n")

    told = digests(checkout, "--check")

    assert told.returncode == 1
    assert f"redis:8@{SECOND}" in told.stdout
    assert FIRST in (checkout / ".env").read_text()


@pytest.mark.parametrize("answer", ["", "error: no such host", "sha256:short"])
def test_without_a_registry_that_answers_nothing_is_changed(checkout: Path, answer: str) -> None:
    (checkout / "digest").write_text(answer)

    refused = digests(checkout)

    assert refused.returncode == 1
    assert "No registry answers" in refused.stderr
    assert not (checkout / ".env").exists()
