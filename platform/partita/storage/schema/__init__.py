"""Changes of the tables when the configuration changes: the plan of operations, what stops it, and the one transaction
that applies it. Nothing here rebuilds a table or drops a value."""
