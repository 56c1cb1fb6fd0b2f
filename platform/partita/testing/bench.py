"""A temporary database with packs applied and their rows loaded, copied for each test that writes into it."""

from dataclasses import dataclass


class Bench:
    pass


class Template:
    pass


def prepare():
    pass
