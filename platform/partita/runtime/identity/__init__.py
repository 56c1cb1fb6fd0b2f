"""Accounts, passwords, sessions, lock-out. Sessions live in the database and end when they are revoked."""
