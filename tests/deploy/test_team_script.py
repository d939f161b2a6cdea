"""`deploy/team` at the turns where something fails half way, with a `docker` that says what the test tells it to."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from shared.contracts.slug import RESERVED

ROOT = Path(__file__).parents[2]
DOCKER = r"""#!/bin/sh
# What was asked is written down. A line PATTERN<tab>RESULT<tab>WORDS of `answers` says how it ends, and what it says.
here=$(dirname "$0")/..
asked=$*
printf '%s\n' "$asked" >> "$here/asked"
[ -t 0 ] || case $asked in *'cat >'*) cat >/dev/null ;; *compose.evidence*) cat > "$here/told" ;; esac
while IFS='	' read -r pattern result words; do
    if printf '%s' "$asked" | grep -q -e "$pattern"; then
        [ -z "$words" ] || printf '%b\n' "$words"
        exit "$result"
    fi
done < "$here/answers"
exit 0
"""
THERE = "compose.*team.yml ps -aq\t0\tabc123\n"
CLOSED_HOST = "ls /routes\t0\tnone\n"


class Checkout:
    """The script and what it reads, and a `docker` beside them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.teams = root / "deploy/compose/teams"
        for name in (
            "deploy/team",
            *(f"deploy/compose/{path.name}" for path in (ROOT / "deploy/compose").glob("*.sh")),
        ):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
        self.teams.mkdir()
        docker = root / "bin/docker"
        docker.parent.mkdir()
        docker.write_text(DOCKER)
        docker.chmod(0o755)
        self.answers()

    def answers(self, told: str = "") -> None:
        (self.root / "answers").write_text(told + THERE + CLOSED_HOST)

    def runs(self, *words: str, typed: str = "", inside: Path | None = None) -> subprocess.CompletedProcess[str]:
        (self.root / "asked").write_text("")
        environment = os.environ | {"PATH": f"{self.root / 'bin'}:{os.environ['PATH']}"}
        return subprocess.run(
            [str(self.root / "deploy/team"), *words],
            cwd=inside or self.root,
            env=environment,
            input=typed,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @property
    def asked(self) -> str:
        return (self.root / "asked").read_text()

    def kept(self, name: str) -> str:
        path = self.teams / "blackpool.env"
        lines = path.read_text().splitlines() if path.exists() else []
        return dict(line.split("=", 1) for line in lines).get(name, "")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path / "checkout")


def destroys(checkout: Checkout, folder: Path) -> subprocess.CompletedProcess[str]:
    return checkout.runs("destroy", "blackpool", "--export", str(folder), typed="blackpool\n")


EXPORTS = "deploy.backup.leaving"


def test_a_team_that_was_given_back_after_half_a_destroy_is_exported_anew_when_it_is_destroyed(
    checkout: Checkout, tmp_path: Path
) -> None:
    checkout.answers("leave forget\t1\tRedis does not answer\n")
    assert destroys(checkout, tmp_path / "first").returncode == 1
    checkout.answers()
    resumed = checkout.runs("resume", "blackpool")
    assert resumed.returncode == 0, resumed.stderr

    destroyed = destroys(checkout, tmp_path / "second")

    assert destroyed.returncode == 0, destroyed.stderr
    assert EXPORTS in checkout.asked
    assert (tmp_path / "second/blackpool.sha256").exists()


def test_a_destroy_that_goes_on_takes_the_export_anew_unless_the_very_one_is_in_the_folder(
    checkout: Checkout, tmp_path: Path
) -> None:
    checkout.answers("leave forget\t1\n")
    destroys(checkout, tmp_path / "first")
    destroys(checkout, tmp_path / "first")
    again_there = checkout.asked
    destroys(checkout, tmp_path / "second")
    elsewhere = checkout.asked
    (tmp_path / "second/blackpool-referral.dump.age").write_text("cut")
    destroys(checkout, tmp_path / "second")
    spoilt = checkout.asked

    assert EXPORTS not in again_there
    assert EXPORTS in elsewhere
    assert EXPORTS in spoilt


def test_a_destroy_that_is_killed_while_it_takes_everything_away_goes_on_and_the_name_stays_taken(
    checkout: Checkout, tmp_path: Path
) -> None:
    checkout.answers("volume ls\t0\tpairs-blackpool_postgres\nvolume rm\t1\tkilled\n")
    assert destroys(checkout, tmp_path / "export").returncode != 0
    checkout.answers("compose.*team.yml ps -aq\t0\n")
    added = checkout.runs("add", "blackpool")

    destroyed = destroys(checkout, tmp_path / "export")

    assert added.returncode == 1
    assert "a name is never used again" in added.stderr
    assert destroyed.returncode == 0, destroyed.stderr
    assert EXPORTS not in checkout.asked, "there is nothing any more that could be exported"
    sums = (tmp_path / "export/blackpool.sha256").read_text().splitlines()
    exported = hashlib.sha256("".join(f"{line[:64]}\n" for line in sums).encode()).hexdigest()
    told = (checkout.teams / "blackpool.destroyed").read_text()
    assert exported in told
    assert told.startswith("blackpool, on ")
    assert not (checkout.teams / "blackpool.env").exists()
    assert destroys(checkout, tmp_path / "export").returncode == 0


def test_backups_that_could_not_be_deleted_are_not_said_to_be_gone(checkout: Checkout, tmp_path: Path) -> None:
    checkout.answers("find /backups\t1\tPermission denied\n")

    destroyed = destroys(checkout, tmp_path / "export")

    assert destroyed.returncode == 1
    assert "its backups could not be deleted" in destroyed.stderr
    assert "Nothing of blackpool is left" not in destroyed.stderr


BRING_BACK = [
    ("upgrade", "blackpool", "--to", "2"),
    ("upgrade", "blackpool", "--back"),
    ("rotate", "blackpool", "redis"),
    ("rotate", "blackpool", "postgres"),
    ("restore", "blackpool", "--to", "latest"),
]


@pytest.mark.parametrize("leaving", ["suspend", "remove"])
def test_a_team_that_is_closed_is_brought_back_by_resume_alone(checkout: Checkout, leaving: str) -> None:
    assert checkout.runs(leaving, "blackpool").returncode == 0
    for words in BRING_BACK:
        refused = checkout.runs(*words, typed="KIT\n")
        assert refused.returncode == 1, words
        assert "deploy/team resume blackpool" in refused.stderr
        assert " up " not in checkout.asked
        assert " run " not in checkout.asked

    assert checkout.runs("resume", "blackpool").returncode == 0
    assert checkout.runs("rotate", "blackpool", "postgres").returncode == 0


def test_a_relative_folder_is_the_callers(checkout: Checkout, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()

    assert checkout.runs("export", "blackpool", "export", inside=mine).returncode == 0

    assert (mine / "export/blackpool.sha256").exists()
    assert not (checkout.root / "export").exists()


@pytest.mark.parametrize("leaving", ["suspend", "remove"])
def test_a_team_that_never_was_neither_pauses_nor_leaves(checkout: Checkout, leaving: str) -> None:
    checkout.answers("compose.*team.yml ps -aq\t0\n")

    refused = checkout.runs(leaving, "blackpol")

    assert refused.returncode == 1
    assert "There is no blackpol here" in refused.stderr
    assert "leave" not in checkout.asked.replace("leave.sh", "")


@pytest.mark.parametrize(
    "words",
    [("sign-in-link", "blackpol"), ("sign-in-link", "region"), ("probe", "blackpol"), ("export", "blackpol", "out")],
)
def test_nothing_is_made_of_a_team_that_never_was(checkout: Checkout, words: tuple[str, ...]) -> None:
    checkout.answers("compose.*team.yml ps -aq\t0\n")

    refused = checkout.runs(*words)

    assert refused.returncode == 1
    way = "docker compose run --rm --no-deps pairs sign-in-link region"
    assert (way if "region" in words else "There is no blackpol here") in refused.stderr
    assert " run " not in checkout.asked
    assert " up " not in checkout.asked


def test_the_names_that_no_team_has_are_those_that_the_registry_refuses() -> None:
    script = (ROOT / "deploy/team").read_text()

    assert f'not_teams="{"|".join(sorted(RESERVED))}"' in script


def test_a_way_in_is_made_and_ended_in_a_team_that_is_open_and_not_in_one_that_is_closed(checkout: Checkout) -> None:
    assert checkout.runs("sign-in-link", "blackpool", "ID", "--end").returncode == 0
    assert checkout.asked.rstrip().endswith("pairs sign-in-link blackpool ID --end")
    checkout.runs("suspend", "blackpool")

    refused = checkout.runs("sign-in-link", "blackpool", "ID")

    assert refused.returncode == 1
    assert "deploy/team resume blackpool" in refused.stderr
    assert " run " not in checkout.asked


TWO_TEAMS = (
    "ps -a --filter\t0\tpairs\\tgateway\\tUp\\npairs-blackpool\\treferral\\tUp\\npairs-preston\\tpostgres\\tUp\n"
)


@pytest.mark.parametrize(
    "ill", ["docker-compose.yml run.*doctor --only region", "doctor --only blackpool", "doctor --only preston"]
)
def test_the_doctor_ends_with_1_whichever_is_not_well(checkout: Checkout, ill: str) -> None:
    checkout.answers(TWO_TEAMS)
    well = checkout.runs("doctor")
    checkout.answers(f"{ill}\t1\tNOT WELL\n{TWO_TEAMS}")

    found = checkout.runs("doctor")

    assert well.returncode == 0, well.stderr
    assert found.returncode == 1


def test_the_doctor_tells_once_what_is_not_well_with_the_gateways_certificate(checkout: Checkout) -> None:
    checkout.answers("run .*certificate\t1\t   NOT WELL: The certificate ends on 1 December 2026.\n" + TWO_TEAMS)

    found, as_json = checkout.runs("doctor"), checkout.runs("doctor", "--json")

    assert (found.returncode, as_json.returncode) == (1, 1)
    assert found.stdout.count("   NOT WELL: The certificate ends on") == 1
    of_region = json.loads(as_json.stdout.splitlines()[0])
    assert of_region["not_well"] == ["The certificate ends on 1 December 2026."]


def test_a_team_whose_services_are_gone_is_still_in_the_list(checkout: Checkout) -> None:
    checkout.answers(TWO_TEAMS)

    assert checkout.runs("list").stdout == "blackpool\tUp\npreston\tits services do not run\n"


def test_another_project_whose_name_begins_alike_and_a_name_that_no_team_has_are_no_team(checkout: Checkout) -> None:
    others = "\\n".join(["pairs-benchmark\\tload\\tUp", *(f"pairs-{one}\\treferral\\tUp" for one in sorted(RESERVED))])
    checkout.answers(f"ps -a --filter\t0\t{others}\n")

    assert checkout.runs("list").stdout == ""


@pytest.mark.parametrize(
    "words", [["suspend", "blackpool"], ["remove", "blackpool"], ["destroy", "blackpool", "--export", "out"]]
)
def test_no_service_of_a_closed_team_is_left_for_the_engine_to_start_again(
    checkout: Checkout, words: list[str]
) -> None:
    assert checkout.runs(*words, typed="blackpool\n").returncode == 0

    assert "rm -sf referral consultation training" in checkout.asked


def test_what_the_services_wrote_is_kept_before_they_go_and_only_for_whoever_runs_them(
    checkout: Checkout, tmp_path: Path
) -> None:
    checkout.answers("team.yml logs .*referral consultation training\t0\twhat they wrote\n")
    suspended = checkout.runs("suspend", "blackpool")
    asked = checkout.asked

    [kept] = checkout.teams.glob("blackpool-*.log")
    assert kept.read_text() == "what they wrote\n"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert f"deploy/compose/teams/{kept.name}" in suspended.stderr
    assert 0 < asked.find(" logs ") < asked.find(" rm -sf ")

    of_another = checkout.teams / f"blackpool-2-{kept.name.removeprefix('blackpool-')}"
    of_another.touch()
    assert destroys(checkout, tmp_path / "out").returncode == 0
    assert [*checkout.teams.glob("*.log")] == [of_another]


def test_docker_says_why_it_did_not_end_the_services(checkout: Checkout) -> None:
    checkout.answers("rm -sf\t1\tpermission denied\n")

    refused = checkout.runs("suspend", "blackpool")

    assert refused.returncode == 1
    assert "permission denied" in refused.stderr
    assert "run the same again" in refused.stderr


def test_the_doctor_does_not_advise_to_bring_back_a_team_that_was_suspended(checkout: Checkout) -> None:
    checkout.runs("suspend", "blackpool")
    checkout.answers(TWO_TEAMS + "team.yml ps -a --format\t0\treferral exited\n")

    found = checkout.runs("doctor", "blackpool")

    assert found.returncode == 0, found.stdout + found.stderr
    assert "NOT WELL" not in found.stdout
    assert "closed (suspended)" in found.stderr
    assert "--only blackpool" not in checkout.asked


def test_the_accounts_of_a_new_version_are_made_before_its_services_run(checkout: Checkout) -> None:
    checkout.answers("inspect --format.*-beside\t0\trunning healthy\n")

    assert checkout.runs("upgrade", "blackpool", "--to", "2").returncode == 0

    asked = checkout.asked.splitlines()
    provisions = next(n for n, line in enumerate(asked) if line.endswith(" -T provision"))
    assert provisions < next(n for n, line in enumerate(asked) if "-beside" in line)


def test_what_an_upgrade_left_beside_and_serves_no_more_is_not_taken_for_one_that_does(checkout: Checkout) -> None:
    checkout.answers("inspect --format.*-beside\t0\texited \n")

    refused = checkout.runs("upgrade", "blackpool", "--to", "2")

    assert refused.returncode == 1
    assert "what served before serves on" in refused.stderr
    assert "rm -f pairs-blackpool-referral-beside" in checkout.asked
    assert "--force-recreate" not in checkout.asked


@pytest.mark.parametrize(
    "words",
    [
        ("upgrade", "blackpool", "--to", "2"),
        ("upgrade", "blackpool", "--back"),
        ("rotate", "blackpool", "redis"),
        ("restore", "blackpool", "--to", "latest"),
        ("render", "blackpool", "--stack"),
    ],
)
def test_nothing_starts_that_would_sign_people_in_with_nobody_s_provider(
    checkout: Checkout, words: tuple[str, ...]
) -> None:
    checkout.answers("team.yml config\t0\tPAIRS_SIGN_IN: openid\n")

    refused = checkout.runs(*words, typed="KIT\n")

    assert refused.returncode == 1
    assert "must name PAIRS_OPENID_ISSUER" in refused.stderr
    assert " up " not in checkout.asked
    assert " run " not in checkout.asked


HALF = "ls /volume/base\t0\t3\n"
MADE = "ls /volume/base\t0\t7\npg_database\t0\tpairs_blackpool_referral\\npairs_blackpool_training\n"
USED = {
    "its host is open": "ls /routes\t0\t/routes/blackpool\n" + HALF,
    "somebody signed in": "pairs_blackpool_training.*FROM account\t0\tused\n" + MADE,
    "something happened": "pairs_blackpool_referral.*FROM outbox\t0\tused\n" + MADE,
    "PostgreSQL does not answer": "FROM outbox\t1\tcould not connect\n" + MADE,
    "what asks PostgreSQL ends without a word": "FROM outbox\t137\n" + MADE,
    "PostgreSQL does not start": "up -d.*postgres\t1\n" + MADE,
    "Docker does not answer": "ls /volume/base\t1\n",
    "nor of the routes": "ls /routes\t1\n" + HALF,
}


@pytest.mark.parametrize("why", USED)
def test_a_team_of_an_earlier_version_that_was_used_is_not_abandoned(checkout: Checkout, why: str) -> None:
    checkout.answers(USED[why])

    refused = checkout.runs("add", "blackpool", "--abandon", typed="blackpool\n")

    assert refused.returncode == 1
    assert "deploy/team destroy blackpool" in refused.stderr
    assert "leave abandon" not in checkout.asked
    assert "rm -rf" not in checkout.asked


@pytest.mark.parametrize("half", [HALF, "FROM account\t1\trelation account does not exist\n" + MADE])
def test_an_add_that_never_ended_is_abandoned_when_its_name_is_typed(checkout: Checkout, half: str) -> None:
    checkout.answers(half)
    not_typed = checkout.runs("add", "blackpool", "--abandon", typed="preston\n")
    touched = "leave abandon" in checkout.asked

    abandoned = checkout.runs("add", "blackpool", "--abandon", typed="blackpool\n")

    assert (not_typed.returncode, touched) == (1, False)
    assert abandoned.returncode == 0, abandoned.stderr
    assert "leave abandon" in checkout.asked


def test_what_the_probe_says_is_read_whatever_is_in_it(checkout: Checkout) -> None:
    checkout.answers('compose.*team.yml ps -q\t0\tabc\nrun .* probe\t0\ta\\033[1mword\\033[0m "of" two\\nlines\\001\n')

    assert checkout.runs("evidence", "blackpool").returncode == 0

    told = [json.loads(line) for line in (checkout.root / "told").read_text().splitlines() if line.strip()]
    assert {"probe": "a[1mword[0m of two lines", "refused": True} in told


def test_the_doctor_tells_a_program_what_it_found(checkout: Checkout) -> None:
    checkout.answers(
        TWO_TEAMS + 'doctor --only .* --json\t0\t[\\n {"check": "servers"}\\n]\n' + "backup.figures --json\t0\t{}\n"
        "team.yml ps -a --format\t0\treferral exited\\ntraining running healthy\n"
    )

    of_all = checkout.runs("doctor", "--json")
    of_one = checkout.runs("doctor", "blackpool", "--json")

    told = [json.loads(line) for line in of_all.stdout.splitlines()]
    assert [one["of"] for one in told] == ["region", "blackpool", "preston"]
    assert told[1]["checks"] == [{"check": "servers"}]
    assert [one.split(" (")[0] for one in told[1]["not_well"]] == ["referral exited"]
    assert json.loads(of_one.stdout) == told[1]
    assert (of_all.returncode, of_one.returncode) == (1, 1)
    assert checkout.runs("doctor", "blackpool", "--jsn").returncode == 2


@pytest.mark.parametrize("command", ["suspend", "remove", "destroy", "abandon"])
def test_what_a_killed_command_left_running_is_stopped_before_accounts_are_shut(
    checkout: Checkout, tmp_path: Path, command: str
) -> None:
    checkout.answers("ps -aq .*oneoff=True\t0\tleft-running\nls /volume/base\t0\t3\n")
    words = {"destroy": ["destroy", "blackpool", "--export", str(tmp_path / "out")]}
    words["abandon"] = ["add", "blackpool", "--abandon"]

    done = checkout.runs(*words.get(command, [command, "blackpool"]), typed="blackpool\n")

    assert done.returncode == 0, done.stderr
    shuts = checkout.asked.find(f" leave {'forget' if command == 'destroy' else command} blackpool")
    assert 0 < checkout.asked.find("rm -f left-running") < shuts


@pytest.fixture
def region(checkout: Checkout) -> Checkout:
    """`deploy/region` in its place."""
    shutil.copy(ROOT / "deploy/region", checkout.root / "deploy/team")
    return checkout


def test_a_copy_of_the_region_that_breaks_off_leaves_no_file_that_looks_like_one(
    region: Checkout, tmp_path: Path
) -> None:
    region.answers("backup.region copy\t1\thalf of it\n")
    assert region.runs("copy", str(tmp_path / "kept")).returncode == 1
    assert [*(tmp_path / "kept").iterdir()] == []

    region.answers("backup.region copy\t0\tall of it\n")
    assert region.runs("copy", str(tmp_path / "kept")).returncode == 0
    [made, total] = sorted((tmp_path / "kept").iterdir())
    assert made.read_text() == "all of it\n"
    assert total.read_text().split()[0] == hashlib.sha256(made.read_bytes()).hexdigest()


def test_a_restore_of_the_region_that_is_refused_starts_reporting_again_and_one_that_is_not_provisions_first(
    region: Checkout, tmp_path: Path
) -> None:
    copy = tmp_path / "region.age"
    copy.write_text("all of it")
    region.answers("backup.region restore\t1\n")
    refused = region.runs("restore", str(copy), typed="AGE-SECRET-KEY-1ABC\n")
    assert (refused.returncode, "as it was" in refused.stderr) == (1, True)
    assert region.asked.splitlines()[-1].endswith("start reporting")

    region.answers()
    assert region.runs("restore", str(copy), typed="AGE-SECRET-KEY-1ABC\n").returncode == 0
    stopped, restored, provisioned, started = [line.partition("yml ")[2] for line in region.asked.splitlines()]
    assert stopped == "stop reporting"
    assert restored.endswith("deploy.backup.region restore")
    assert provisioned.endswith("provision")
    assert started.endswith("reporting")


def test_a_restore_of_a_file_that_is_not_there_stops_nothing(region: Checkout) -> None:
    assert region.runs("restore", "nowhere.age", typed="AGE-SECRET-KEY-1ABC\n").returncode == 1
    assert region.asked == ""
