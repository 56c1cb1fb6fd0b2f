"""What every floor stands on: places in text, addresses, messages, findings, refusals, clock, folding. Standard library
only; nothing here knows of YAML, SQL or HTTP."""
