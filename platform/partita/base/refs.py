"""Addresses: how every declared thing, and every leaf in it, is named by people, overlays, tests and history."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A declared thing: `kind/pack.name`."""

    kind: str
    pack: str
    name: str

    @property
    def qualified(self) -> str:
        """`pack.name`, unique among the record types (and among the things of one kind)."""
        return f"{self.pack}.{self.name}"

    def __str__(self) -> str:
        return f"{self.kind}/{self.pack}.{self.name}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        kind, _, qualified = text.partition("/")
        pack, _, name = qualified.partition(".")
        if not (kind and pack and name):
            raise ValueError(f"not a reference: {text!r}")
        return cls(kind, pack, name)


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """A leaf of a declared thing: `kind/pack.name#path.to.leaf`."""

    ref: Ref
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.ref}#{'.'.join(self.path)}" if self.path else str(self.ref)

    def child(self, *names: str) -> "Address":
        return Address(self.ref, (*self.path, *names))

    @classmethod
    def parse(cls, text: str) -> "Address":
        ref, _, path = text.partition("#")
        return cls(Ref.parse(ref), tuple(path.split(".")) if path else ())
