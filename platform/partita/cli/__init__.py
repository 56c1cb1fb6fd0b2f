"""The command line: one room per command family.

Commands parse arguments, call bootstrap, and print; they hold no rules of the product.
"""
