"""A command answers soon: what takes long to load is loaded by those commands that need it."""

import json
import subprocess
import sys

from shared.discovery import services


def test_a_command_that_asks_no_database_by_itself_does_not_load_sqlalchemy() -> None:
    asked = "import sys, deploy.local.__main__; print('sqlalchemy' in sys.modules)"

    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "False"


def test_the_operators_command_begins_without_a_checkout() -> None:
    asked = "import sys, runpy; sys.modules['deploy'] = None; sys.argv = ['pairs', 'services', '--json']; "
    asked += "runpy.run_module('shared.cli.pairs', run_name='__main__', alter_sys=True)"

    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)

    assert answer.returncode == 0, answer.stderr
    assert {row["service"] for row in json.loads(answer.stdout)} == services().keys()
