"""What of a newer contract breaks callers of an older one: less taken in requests, less given in answers.

Answers may gain members and values of an enumeration, as callers are to pass over what they do not know;
requests may gain members that may be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]
Rules = Callable[[Node, Node], Iterator[str]]

UPPER_BOUNDS = ("maximum", "maxLength", "maxItems")
KEPT = ("enum", "const", "pattern")
LOWER_BOUNDS = ("minimum", "minLength", "minItems")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two contracts, the older and the newer."""

    old: Node
    new: Node

    def breaks(self) -> Iterator[str]:
        """Yield each break, with its place."""
        for path, item in self.old["paths"].items():
            for method, operation in item.items():
                place = f"{method.upper()} {path}"
                newer = self.new["paths"].get(path, {}).get(method)
                if newer is None:
                    yield f"{place}: gone"
                else:
                    yield from self._operation(place, operation, newer)

    def _operation(self, place: str, old: Node, new: Node) -> Iterator[str]:
        yield from self._parameters(place, old, new)
        bodies = (
            resolved(self.old, old.get("requestBody", {})),
            resolved(self.new, new.get("requestBody", {})),
        )
        if bodies[1].get("required") and not bodies[0].get("required"):
            yield f"{place}: needs a body now"
        yield from self._contents(f"{place} request", *bodies, self._request)
        for status, answer in old["responses"].items():
            if status not in new["responses"]:
                yield f"{place} {status}: gone"
                continue
            answers = resolved(self.old, answer), resolved(self.new, new["responses"][status])
            gone = answers[0].get("headers", {}).keys() - answers[1].get("headers", {}).keys()
            yield from (f"{place} {status}: header {name} gone" for name in sorted(gone))
            yield from self._contents(f"{place} {status}", *answers, self._answer)

    def _parameters(self, place: str, old: Node, new: Node) -> Iterator[str]:
        known, newer = parameters(self.old, old), parameters(self.new, new)
        for name, found in newer.items():
            if found.get("required") and not known.get(name, {}).get("required"):
                yield f"{place}: needs parameter {name} now"
            elif name in known:
                below = known[name]["schema"], found["schema"]
                yield from self._schemas(f"{place} {name}", *below, self._request)

    def _contents(self, place: str, old: Node, new: Node, rules: Rules) -> Iterator[str]:
        newer = new.get("content", {})
        for kind, content in old.get("content", {}).items():
            if kind not in newer:
                yield f"{place}: {kind} gone"
            else:
                yield from self._schemas(f"{place} {kind}", content["schema"], newer[kind]["schema"], rules)

    def _schemas(self, place: str, old: Node, new: Node, rules: Rules) -> Iterator[str]:
        """Compare two schemas by ``rules``, then what is within them."""
        old, new = resolved(self.old, old), resolved(self.new, new)
        yield from (f"{place}: {found}" for found in rules(old, new))
        for name in old.get("properties", {}).keys() & new.get("properties", {}).keys():
            below = old["properties"][name], new["properties"][name]
            yield from self._schemas(f"{place}/{name}", *below, rules)
        for name in ("items", "additionalProperties"):
            if isinstance(old.get(name), dict) and isinstance(new.get(name), dict):
                yield from self._schemas(f"{place}/{name}", old[name], new[name], rules)
        for at, below in enumerate(zip(old.get("oneOf", []), new.get("oneOf", []), strict=False)):
            yield from self._schemas(f"{place}/oneOf/{at}", *below, rules)

    @staticmethod
    def _request(old: Node, new: Node) -> Iterator[str]:
        yield from (f"{name} not taken any more" for name in lost(old, new, "properties"))
        yield from (f"needs {name} now" for name in lost(new, old, "required"))
        yield from (f"{name} not taken any more" for name in sorted(types(old) - types(new)))
        if "enum" in new:
            values = lost(old, new, "enum") if "enum" in old else ["any other value"]
            yield from (f"{value} not taken any more" for value in values)
        if len(new.get("oneOf", [])) < len(old.get("oneOf", [])):
            yield "fewer alternatives"
        for name in UPPER_BOUNDS:
            if new.get(name, float("inf")) < old.get(name, float("inf")):
                yield f"{name} is lower"
        for name in LOWER_BOUNDS:
            if new.get(name, 0) > old.get(name, 0):
                yield f"{name} is higher"
        for name in ("pattern", "default", "format"):
            if new.get(name) != old.get(name):
                yield f"{name} is another"

    @staticmethod
    def _answer(old: Node, new: Node) -> Iterator[str]:
        yield from (f"{name} gone" for name in lost(old, new, "properties"))
        yield from (f"{name} may be missing now" for name in lost(old, new, "required"))
        yield from (f"may be {name} now" for name in sorted(types(new) - types(old)))
        yield from (
            f"{name} gone" for name in ("enum", "const", "pattern") if name in old and name not in new
        )
        if len(new.get("oneOf", [])) > len(old.get("oneOf", [])):
            yield "more alternatives"


def resolved(document: Node, node: Node) -> Node:
    """Follow a ``$ref`` to a component."""
    while "$ref" in node:
        found: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        node = found
    return node


def parameters(document: Node, operation: Node) -> dict[str, Node]:
    """Return the parameters of an operation by their names."""
    found = (resolved(document, each) for each in operation.get("parameters", []))
    return {each["name"]: each for each in found}


def types(schema: Node) -> set[str]:
    """Return the JSON types that a schema names; an integer is a number, too."""
    found = schema.get("type", [])
    named = {found} if isinstance(found, str) else set(found)
    return named | ({"integer"} if "number" in named else set())


def lost(old: Node, new: Node, name: str) -> list[str]:
    """Return what a list, or the names of an object, had in ``old`` and has not in ``new``."""
    left = new.get(name, ())
    return sorted(str(each) for each in old.get(name, ()) if each not in left)
