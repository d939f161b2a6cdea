"""A team's emergency kit: the one key that opens its backups, printed once and kept by people, never by this machine.

python -m deploy.backup.kit make blackpool       where the team has none; otherwise nothing
python -m deploy.backup.kit verify blackpool     does what is typed open the newest backup?
"""

import io
import json
import sys
from pathlib import Path

from deploy.backup.age import Kit, Recipient, WrongKit
from deploy.backup.shelf import Base, Shelf
from shared.kernel.errors import Refusal

RECIPIENT = Path("/secrets/backup/recipient")
SHELF = Path("/backups")

_PRINTED = """
  EMERGENCY KIT of {team}            key {key_id}

      {key}

  It opens every backup of this team, and nothing else does. It is not kept on this machine and is not shown again.
  Print this page twice and keep both where the team's case notes would be kept, in two buildings. Then type it in:
      deploy/team kit {team}

"""


def main() -> int:
    """1 with a sentence when the kit is not the one."""
    task, team = sys.argv[1:3]
    try:
        if task == "make":
            make(team)
        else:
            sys.stdout.write(verify(typed(), Shelf(SHELF)) + "\n")
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.sentence}\n")
        return 1
    return 0


def typed() -> Kit:
    """From standard input: the key, wherever it stands in what was typed or pasted. Raises WrongKit."""
    words = [word for word in sys.stdin.read().split() if word.startswith("AGE-SECRET-KEY-1")]
    return Kit(words[0] if words else "")


def make(team: str) -> None:
    """It is printed before it holds: killed in between, the next run prints another, and only that one ever counts."""
    if not RECIPIENT.exists():
        kit = Kit.make()
        sys.stdout.write(_PRINTED.format(team=team, key_id=kit.recipient.key_id, key=kit.text()))
        sys.stdout.flush()
        keep(kit.recipient)


def keep(recipient: Recipient) -> None:
    draft = RECIPIENT.with_name(".recipient")
    draft.write_text(recipient.text, encoding="ascii")
    draft.replace(RECIPIENT)


def check(kit: Kit, base: Base) -> None:
    """Raises WrongKit when it is another key."""
    if kit.recipient.key_id != base.key_id:
        raise WrongKit(
            "other_key", f"This is the kit with key {kit.recipient.key_id}; the backup is for key {base.key_id}."
        )


def verify(kit: Kit, shelf: Shelf) -> str:
    """Open the newest backup's keys. Raises WrongKit, Missing, Altered."""
    base = shelf.base_for(None)
    check(kit, base)
    keys = io.BytesIO()
    kit.decrypt(shelf.base / base.at / "keys.age", keys)
    return f"Key {base.key_id} opens the backup of {base.at}, with {len(json.loads(keys.getvalue()))} keys of the team."


if __name__ == "__main__":
    sys.exit(main())
