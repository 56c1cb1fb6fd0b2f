"""States at work: what a state does to fields, which transitions and decisions are open to whom, what they ask and do.

Rules only: the records' pipeline calls them and stores the outcome.
"""
