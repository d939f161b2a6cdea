"""Alarms and dashboards ask for figures that there are, and every alarm has a page that says what to do."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from prometheus_client import REGISTRY

from deploy.backup.figures import Figures, exposed
from deploy.compose import certificate
from shared.kernel import metrics
from shared.kernel.clock import machine_clock
from tests.deploy.gateway_alone import certificate_and_key

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
    shown = x509.load_pem_x509_certificate(certificate_and_key("pairs")[0])
    return of_services | of_backups | {certificate.exposed(shown).split()[0], "up"}


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


OF = {"team": "blackpool", "service": "referral"}
STREAM = {"stream": "pairs:{fylde}:referral:region"}
FIRES: dict[str, tuple[dict[str, str], str, dict[str, str]]] = {
    "ServiceDown": ({"up": "0x200"}, "", {}),
    "PagesFail": ({"pairs_requests_total": "0+60x200"}, 'status="500"', {}),
    "PagesSlow": ({"pairs_request_seconds_bucket": "0+60x200"}, 'le="5"', {}),
    "ConnectionsShort": ({"pairs_connections_in_use": "20x200"}, "", {}),
    "EventsWait": ({"pairs_relay_oldest_unsent_seconds": "600x200"}, "", {"audience": "region"}),
    "ReaderBehind": ({"pairs_reader_behind_events": "500x200"}, "", STREAM),
    "StreamNotRead": ({"pairs_reader_streams": "1x200"}, "", {"state": "parked"}),
    "RelaySilent": ({"pairs_reader_heard_seconds": "100x200"}, "", STREAM),
    "EntrySetAside": ({"pairs_dead_letters": "1x200"}, "", STREAM),
    "TimerLate": ({"pairs_timer_succeeded_timestamp_seconds": "0x200"}, "", {"timer": "send_due_messages"}),
    "MonthOverdue": ({"pairs_figure": "1x200"}, "", {"figure": "month_overdue"}),
    "SignedInByLink": ({"pairs_figure": "1x200"}, "", {"figure": "sign_in_link"}),
    "NotMeasured": ({"pairs_not_measured": "1x200"}, "", {"measure": "unsent"}),
    "ArchiveFails": ({"pairs_backup_archive_is_failing": "1x200"}, "", {}),
    "ShelfUnreachable": ({"pairs_backup_spool_oldest_seconds": "301x200"}, "", {}),
    "BackupOld": ({"pairs_backup_base_seconds": "700000x200"}, "", {}),
    "RestoreNotRehearsed": ({"pairs_backup_rehearsed_seconds": "700000x200"}, "", {}),
    "CertificateEnds": ({"pairs_certificate_ends_timestamp_seconds": f"{13 * 86_400}x200"}, "", {}),
    "BackupSilent": ({"pairs_backup_told_timestamp_seconds": "0x200"}, "", {}),
}
"""What makes each alarm, what is among the labels of that besides, and those labels that the alarm keeps."""


def firing(rule: dict[str, Any]) -> dict[str, Any]:
    """A test of Prometheus's own program: three hours of that, and then the alarm is there with its words."""
    [(name, values)], besides, kept = FIRES[rule["alert"]][0].items(), *FIRES[rule["alert"]][1:]
    labels = OF | kept
    written = [*(f'{label}="{value}"' for label, value in labels.items()), *filter(None, [besides])]
    series = [f"{name}{{{','.join(written)}}}"]
    if "bucket" in name:
        series.append(series[0].replace('le="5"', 'le="+Inf"'))
    summary = rule["annotations"]["summary"]
    for label, value in labels.items():
        summary = summary.replace("{{ $labels." + label + " }}", value)
    alarm = {"exp_labels": labels, "exp_annotations": {**rule["annotations"], "summary": summary}}
    return {
        "interval": "1m",
        "input_series": [{"series": one, "values": values} for one in series],
        "alert_rule_test": [{"eval_time": "180m", "alertname": rule["alert"], "exp_alerts": [alarm]}],
    }


def test_every_alarm_is_there_when_what_it_is_for_happens(tmp_path: Path) -> None:
    assert {rule["alert"] for rule in RULES} == FIRES.keys()
    (tmp_path / "alerts.yml").write_text((OBSERVABILITY / "alerts.yml").read_text())
    (tmp_path / "test.yml").write_text(
        yaml.safe_dump(
            {"rule_files": ["alerts.yml"], "evaluation_interval": "1m", "tests": [firing(rule) for rule in RULES]}
        )
    )
    tmp_path.chmod(0o755)
    with_promtool = ("--network", "none", "-v", f"{tmp_path}:/rules:ro", "--entrypoint", "promtool")
    command = ("docker", "run", "--rm", *with_promtool, PROMETHEUS, "test", "rules", "/rules/test.yml")
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired):
        pytest.skip("no Docker Engine answers here: alarms were not tried")
    if ran.returncode in {125, 126, 127}:
        pytest.skip(f"no Engine answers here that has {PROMETHEUS}: alarms were not tried")

    assert ran.returncode == 0, ran.stdout + ran.stderr


PROMETHEUS = "prom/prometheus:v3.5.0"
