"""Alarms and dashboards ask for figures that there are, and every alarm has a page that says what to do."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import REGISTRY

from deploy.backup.figures import Figures, exposed
from shared.kernel import metrics
from shared.kernel.clock import machine_clock

ROOT = Path(__file__).parents[2]
OBSERVABILITY = ROOT / "deploy" / "observability"
RULES: list[dict[str, Any]] = [
    rule for group in yaml.safe_load((OBSERVABILITY / "alerts.yml").read_text())["groups"] for rule in group["rules"]
]
DASHBOARDS = sorted((OBSERVABILITY / "dashboards").glob("*.json"))
NAME = re.compile(r"\bpairs_[a-z_]+|\bup\b")
LABEL = re.compile(r"(\w+) *(?:=~|!=|!~|=) *\"|\{\{ *(?:\$labels\.)?(\w+) *\}\}|by \(([\w, ]+)\)")
GIVEN = {"team", "service", "le"}
"""By Prometheus, which is told whom it asks, and by a histogram."""


def exported() -> set[str]:
    """As Prometheus reads them: a counter ends in `_total`, a histogram has buckets, a count and a sum."""
    of_services = {sample for family in REGISTRY.collect() for sample in names_of(family.name, family.type)}
    of_backups = {
        line.split()[0] for line in exposed(Figures(0, False, 1, 0, 0, 0, 1, 1, ""), machine_clock()).splitlines()
    }
    return of_services | of_backups | {"up"}


def names_of(name: str, kind: str) -> Iterator[str]:
    endings = {"counter": ["_total"], "histogram": ["_bucket", "_count", "_sum"]}.get(kind, [""])
    yield from (name + ending for ending in endings)


def of_dashboards() -> Iterator[tuple[str, str, str]]:
    """Title, expression and what is written beside each line."""
    for path in DASHBOARDS:
        for panel in json.loads(path.read_text())["panels"]:
            for target in panel["targets"]:
                yield panel["title"], target["expr"], target["legendFormat"]


ASKED = [(rule["alert"], rule["expr"], rule["annotations"]["summary"]) for rule in RULES] + list(of_dashboards())


@pytest.mark.parametrize(("name", "expression", "said"), ASKED, ids=[name for name, _, _ in ASKED])
def test_what_is_asked_for_is_exported_with_the_labels_that_are_named(name: str, expression: str, said: str) -> None:
    asked = set(NAME.findall(expression))
    labels = {label.strip() for match in LABEL.findall(expression + said) for label in ",".join(match).split(",")} - {
        ""
    }

    assert asked, name
    assert asked <= exported()
    assert labels <= GIVEN | metrics.LABELS.keys()


def test_every_alarm_has_its_page_and_every_page_its_alarm() -> None:
    named = {rule["annotations"]["runbook"] for rule in RULES}

    assert named == {str(path.relative_to(ROOT)) for path in (ROOT / "deploy" / "runbooks").glob("*.md")}
    assert len(named) == len(RULES)


def test_every_figure_that_can_be_an_alarm_is_one_or_is_shown() -> None:
    shown = {name for _, expression, _ in ASKED for name in NAME.findall(expression)}
    ours = {name for name in exported() if name.startswith("pairs_") and not name.endswith(("_count", "_sum"))}

    assert ours - shown <= LESS
    assert not LESS & shown


LESS = {
    "pairs_backup_archive_failures",  # a count since ever; that it fails now is the alarm
    "pairs_backup_archived_seconds",  # a database in which nothing happens has nothing to archive
    "pairs_backup_spool_files",
}
