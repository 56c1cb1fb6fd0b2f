"""Settings of one installation: defaults, config.yaml, the environment, the command line, in this order.

No behaviour of the product lives here; a wrong key is an error with its file and line.
"""
