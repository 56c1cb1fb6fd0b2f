"""Settings from four places, the later above the earlier: defaults, config.yaml, PARTITA_* variables, options."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from partita.base.diagnostics import Diagnostic, has_errors
from partita.base.frozen import FrozenMap
from partita.base.source import Span
from partita.base.suggest import nearest
from partita.settings.keys import BY_KEY, KEYS, SECTIONS, Key
from partita.settings.places import shipped_packs
from partita.settings.settings import Settings
from partita.settings.values import NoSuchPack
from partita.sources.document import Document
from partita.sources.read import read_text

PREFIX = "PARTITA_"
CONFIG_VARIABLE = "PARTITA_CONFIG"
DEFAULT_CONFIG = Path("config.yaml")
# Variables of the test suite and the tools, which are no settings of an installation.
NOT_SETTINGS = (CONFIG_VARIABLE, "PARTITA_TEST_")


@dataclass(frozen=True, slots=True)
class Given:
    """A value as somebody gave it, where, and the folder that its relative paths count from."""

    value: Any
    folder: Path
    span: Span | None = None
    parts: Mapping[int, Span] = field(default_factory=dict)


Layer = dict[str, Given]
Findings = list[Diagnostic]


def load(
    config: Path | None, environ: Mapping[str, str], options: Mapping[str, str | int | None]
) -> tuple[Settings | None, tuple[Diagnostic, ...]]:
    """Settings, or all that is wrong with them at once. `options` go by key (`database.url`); None = not given."""
    here, findings = Path.cwd(), Findings()
    layers: Layer = {key.key: Given(key.default, here) for key in KEYS}
    layers |= _from_file(config, environ, findings)
    layers |= _from_environment(environ, here, findings)
    layers |= {name: Given(value, here) for name, value in options.items() if value is not None}
    values = {key.field: _read(key, layers[key.key], findings) for key in KEYS}
    if has_errors(findings):
        return None, tuple(findings)
    values["base_url"] = values["base_url"] or f"http://{values['host']}:{values['port']}"
    return Settings(**values), tuple(findings)


def _read(key: Key, given: Given, findings: Findings) -> Any:
    if not given.value and not key.default:
        return key.default
    try:
        return key.read(given.value, given.folder)
    except NoSuchPack as error:
        span = given.parts.get(error.index, given.span)
        known = nearest(error.given, shipped_packs())
        findings.append(Diagnostic("C007", span, FrozenMap({"given": error.given}), nearest=known))
    except ValueError:
        shown = "…" if key.secret else given.value
        wrong = {"key": key.key, "given": shown, "expected": key.expected}
        findings.append(Diagnostic("C002", given.span, FrozenMap(wrong)))
    return None


def _from_file(config: Path | None, environ: Mapping[str, str], findings: Findings) -> Layer:
    path = config or Path(environ.get(CONFIG_VARIABLE) or DEFAULT_CONFIG)
    chosen = config is not None or CONFIG_VARIABLE in environ
    if not chosen and not path.exists():
        return {}
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        findings.append(Diagnostic("C004", None, FrozenMap({"file": str(path), "reason": reason})))
        return {}
    documents, found = read_text(content, str(path))
    findings.extend(found)
    folder = path.resolve().parent
    return {
        name: given
        for document in documents
        if not document.broken
        for name, given in _entries(document, folder, findings)
    }


def _entries(document: Document, folder: Path, findings: Findings) -> Iterator[tuple[str, Given]]:
    for name, value in document.data.items():
        if name not in SECTIONS:
            yield from _entry(document, (name,), value, folder, findings)
        elif isinstance(value, Mapping):
            for inner, item in value.items():
                yield from _entry(document, (name, inner), item, folder, findings)
        else:
            keys = [key.split(".")[1] for key in BY_KEY if key.startswith(f"{name}.")]
            span = document.at(name)
            findings.append(Diagnostic("C003", span, FrozenMap({"key": name, "keys": tuple(keys)})))


def _entry(
    document: Document, pointer: tuple[str, ...], value: Any, folder: Path, findings: Findings
) -> Iterator[tuple[str, Given]]:
    name = ".".join(pointer)
    if name in BY_KEY:
        parts = {at[-1]: span for at, span in document.values.items() if at[:-1] == pointer and isinstance(at[-1], int)}
        yield name, Given(value, folder, document.at(*pointer), parts)
        return
    findings.append(Diagnostic("C001", document.key(*pointer), FrozenMap({"key": name}), nearest=nearest(name, BY_KEY)))


def _from_environment(environ: Mapping[str, str], here: Path, findings: Findings) -> Layer:
    variables = {key.variable: key for key in KEYS}
    files = {f"{key.variable}_FILE": key for key in KEYS if key.secret}
    layer: Layer = {}
    for name, value in sorted(environ.items()):
        if not name.startswith(PREFIX) or name.startswith(NOT_SETTINGS):
            continue
        key = variables.get(name) or files.get(name)
        if key is None:
            known = nearest(name, [*variables, *files])
            findings.append(Diagnostic("C005", None, FrozenMap({"key": name}), nearest=known))
        elif key.key in layer:
            twice = {"key": key.key, "first": key.variable, "second": name}
            findings.append(Diagnostic("C006", None, FrozenMap(twice)))
        elif (given := _content(value, findings) if name in files else value) is not None:
            layer[key.key] = Given(given, here)
    return layer


def _content(path: str, findings: Findings) -> str | None:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "UTF-8"
        findings.append(Diagnostic("C004", None, FrozenMap({"file": path, "reason": reason})))
        return None
