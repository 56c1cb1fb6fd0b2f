"""Puts the shipped folders into the wheel, and only there: an editable install must read the checkout itself."""

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHIPPED = ("metadata", "themes", "plugins", "vertical_solutions")


class ShippedFolders(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "standard":
            for folder in SHIPPED:
                build_data["force_include"][folder] = f"partita/_data/{folder}"
