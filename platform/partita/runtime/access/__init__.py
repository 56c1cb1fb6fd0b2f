"""What an actor may do: grants of all his roles added up, as rules over a row (true, false, or a condition).

The same rule is read by SQL in lists and by Python on one record. Knows nothing of commands.
"""
