"""The MetaData of this service's tables, and of no other's: two services may have a table of the same name.

Migrations make the tables (`database/migrations`); the declarations are for writing and reading. A test compares the
two. What every service has (outbox, audit, sessions) is in `shared.database.tables`.
"""

from sqlalchemy import MetaData

metadata = MetaData()
