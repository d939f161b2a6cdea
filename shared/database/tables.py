"""The MetaData of the tables that a service has because of `shared`: outbox, audit trail, inbox, sessions.

What a service has of its own is declared in its own `metadata.py`. Migrations make all of them; these declarations are
for writing and reading.
"""

from sqlalchemy import MetaData

metadata = MetaData()
