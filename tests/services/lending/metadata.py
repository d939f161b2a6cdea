"""The MetaData of this service's tables. `family` is a table of another service too."""

from sqlalchemy import MetaData

metadata = MetaData()
