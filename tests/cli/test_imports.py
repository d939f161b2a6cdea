"""A command answers soon: what takes long to load is loaded by those commands that need it."""

import subprocess
import sys


def test_a_command_that_asks_no_database_by_itself_does_not_load_sqlalchemy() -> None:
    asked = "import sys, deploy.local.__main__; print('sqlalchemy' in sys.modules)"

    answer = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert answer.stdout.strip() == "False"
