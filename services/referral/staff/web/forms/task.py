"""The answer to a task."""

from typing import Annotated
from uuid import UUID

from services.referral.staff.commands.answer_task import AnswerTask
from shared.web.forms import Form
from shared.web.questions import Text, Version


class TaskForm(Form):
    version: Version
    answer: Annotated[str, Text(missing="Write what you did, or why nothing needs to be done", longest=2000)]

    def to_command(self, task_id: UUID) -> AnswerTask:
        return AnswerTask(task_id, self.version, self.answer)
