"""The table of tasks, for writing and reading; `migrations/` makes it."""

from sqlalchemy import Column, Text, Uuid

from services.training.metadata import metadata
from shared.staff.tables import task_table

task = task_table(metadata, Column("subject_id", Uuid, nullable=False), Column("page", Text, nullable=False))
"""A task's page is where what it asks for is done."""
