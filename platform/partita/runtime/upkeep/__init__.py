"""Work that nobody waits for: the worker that claims jobs, and the periodic tasks of housekeeping. A handler is told at
least once, so it does no harm when it is told twice."""
