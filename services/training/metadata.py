"""The MetaData of this service's tables, and of no other's: two services may have a table of the same name."""

from sqlalchemy import MetaData

metadata = MetaData()
