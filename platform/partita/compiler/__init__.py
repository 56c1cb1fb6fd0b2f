"""From documents to the Model: schemas of kinds, symbols, linking, building and the provers.

Passes return a result together with diagnostics, and run one way. Nothing here runs while a request is served.
"""
