"""Record types made ready to run: formulas as functions, the order in which values are found, who reads what.

Made once per type and revision, then only read. No database, no actor.
"""
