"""What an action of the audit trail says to a reader. The codes are stored for ever, so none changes its meaning."""

from collections.abc import Mapping

OURS: Mapping[str, str] = {
    "audit.export": "Downloaded the audit trail",
    "audit.read": "Looked at the audit trail",
    "audit.verify": "Checked the audit trail",
    "message.export": "Downloaded the list of messages",
    "message.list": "Looked at the messages",
    "message.not_sent": "Did not send a message",
    "message.queue": "Asked for a message to be sent",
    "message.retry": "Tried a message again",
    "message.send": "Sent a message",
    "sign_in_link.end": "Ended links to sign in while the organisation’s sign-in is down, and what they opened",
    "sign_in_link.make": "Made a link to sign in while the organisation’s sign-in is down",
    "sign_in_link.use": "Signed in by such a link",
    "task.answer": "Answered a task",
    "task.raise": "Raised a task",
    "task.read": "Looked at a task",
    "tasks.export": "Downloaded the list of tasks",
    "tasks.read": "Looked at the list of tasks",
}
"""Of what every service can do; a service adds those of its own."""


def words_of(action: str, words: Mapping[str, str]) -> str:
    """Of an action that a newer version of the software stored there are no words yet: the code itself."""
    return words.get(action, action.replace(".", ": ").replace("_", " ").capitalize())
