"""What the list of unfinished forms calls the records that they are about."""

from fastapi import FastAPI

from services.referral.governance.queries.named_records import named_records


def prepare(app: FastAPI) -> None:
    app.state.names_of = named_records
