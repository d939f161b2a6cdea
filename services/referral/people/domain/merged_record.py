"""What someone asks for stands in another family's record now."""

from uuid import UUID

from shared.kernel.errors import NotFound


class MergedRecord(NotFound):
    """The family's record is part of another one now."""

    def __init__(self, merged_id: UUID, kept_id: UUID) -> None:
        super().__init__("family_merged", "This record is part of another one now.")
        self.merged_id = merged_id
        self.kept_id = kept_id
