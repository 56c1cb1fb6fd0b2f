"""Tables, schema changes, statements, the journal, jobs and file blobs on SQLite and PostgreSQL.

The only home of SQLAlchemy and Alembic. It knows the Model and nothing about how the Model was compiled.
"""
