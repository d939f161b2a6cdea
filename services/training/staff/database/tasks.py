"""The tasks of the team: each is about a person of the register, or about a cohort."""

from sqlalchemy import select

from services.training.database.task_tables import task as table
from services.training.staff.domain.task import TASK_RULES
from shared.contracts.training_task import TrainingTask, TrainingTaskAnswered, TrainingTaskRaised
from shared.staff.task import Task, TaskAnswer
from shared.staff.tasks import TasksAbout


class Tasks(TasksAbout[TrainingTask]):
    """Those of one team."""

    table, subject = table, "subject_id"
    kinds, rules = TrainingTask, TASK_RULES

    def raised(self, task: Task[TrainingTask]) -> TrainingTaskRaised:
        return TrainingTaskRaised(task_id=task.id, subject_id=task.subject_id, kind=task.kind)

    def answered(self, task: Task[TrainingTask]) -> TrainingTaskAnswered:
        return TrainingTaskAnswered(task_id=task.id, subject_id=task.subject_id, kind=task.kind)

    async def check_subject(self, task: Task[TrainingTask]) -> None:
        """Everybody of the team sees everybody's training."""

    async def is_done(self, kind: TrainingTask, page: str, words: str) -> None:
        """What the open task of that page asked for was done there, by whoever may; nothing where there is none."""
        is_open = table.c.kind == kind, table.c.page == page, table.c.answered_at.is_(None)
        for row in (await self.work.session.execute(select(table).where(*is_open).with_for_update())).all():
            task, answer = self.read(row), TaskAnswer(words, self.work.actor.id, self.work.now)
            task.give_answer(answer, seen=task.version)
            self.work.publish(self.answered(task), about=task)
            await self._save(task, answer)
            self.work.record("task.answer", task.subject_id)
