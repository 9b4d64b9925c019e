"""Strict marshmallow fields: a JSON value is what it is or a ``Fault``; nothing is converted on the quiet."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from service.errors import InvalidRequest, MissingField, UnknownField, UnknownOption, WrongType
from service.parsing import shown


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: which error it is, and in words that state limit and value."""

    error: type[InvalidRequest]
    detail: str


def faulty(error: type[InvalidRequest], detail: str) -> ValidationError:
    """Return the ``ValidationError`` that carries one ``Fault``."""
    return ValidationError([Fault(error, detail)])


_JSON_TYPES = {dict: "an object", list: "an array", str: "a string", bool: "a boolean", type(None): "null"}


def wrong_type(wanted: str, value: object) -> ValidationError:
    """Return the error for a value of another JSON type than ``wanted``."""
    return faulty(WrongType, f"Must be {wanted}, not {_JSON_TYPES.get(type(value), 'a number')}.")


class StrictSchema(Schema):
    """An object in which a member that nobody declared is a fault."""

    unknown_member: type[InvalidRequest] = UnknownField

    class Meta:
        """Marshmallow's own settings."""

        unknown = RAISE

    def __init__(self) -> None:
        super().__init__()
        known = ", ".join(self.fields)
        fault = Fault(self.unknown_member, f"There is no such member; known are {known}.")
        self.error_messages["unknown"] = fault  # type: ignore[assignment]

    def load_object(self, value: object) -> dict[str, Any]:
        """Return the members that are there and not null. Raises ``ValidationError`` full of ``Fault``s."""
        if not isinstance(value, dict):
            raise wrong_type("an object", value)
        loaded: dict[str, Any] = self.load(value)
        return {name: each for name, each in loaded.items() if each is not None}


class StrictField(fields.Field[Any], ABC):
    """A field that may be null exactly when it need not be there."""

    default_error_messages = {  # noqa: RUF012 - marshmallow collects it from the class
        "required": [Fault(MissingField, "Must be there.")],
        "null": [Fault(WrongType, "Must not be null.")],
    }

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(required=required, allow_none=not required)

    @abstractmethod
    def read(self, value: Any) -> Any:
        """Return what the JSON value stands for. Raises ``ValidationError`` full of ``Fault``s."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return self.read(value)


class Text(StrictField):
    """A string of characters that exist (no unpaired surrogates), at most ``longest`` code points long.

    ``wrong`` may say in words what else is wrong with a value.
    """

    def __init__(
        self,
        *,
        longest: int | None = None,
        wrong: Callable[[str], Fault | None] | None = None,
        required: bool = False,
    ) -> None:
        super().__init__(required=required)
        self.longest, self.wrong = longest, wrong

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise wrong_type("a string", value)
        if self.longest is not None and len(value) > self.longest:
            found = f"Must have at most {self.longest:,} characters; has {len(value):,}."
            raise faulty(InvalidRequest, found)
        try:
            value.encode()
        except UnicodeEncodeError as error:
            found = f"Has an unpaired surrogate at character {error.start:,}, which stands for no character."
            raise faulty(InvalidRequest, found) from None
        fault = self.wrong(value) if self.wrong else None
        if fault:
            raise faulty(fault.error, fault.detail)
        return value


class Anything(StrictField):
    """Any JSON value, to be looked at later."""

    def read(self, value: Any) -> Any:
        return value


class Choice(StrictField):
    """One of a few words."""

    def __init__(self, *allowed: str, required: bool = False) -> None:
        super().__init__(required=required)
        self.allowed = allowed

    def read(self, value: Any) -> str:
        if not isinstance(value, str):
            raise wrong_type("a string", value)
        if value not in self.allowed:
            raise faulty(UnknownOption, f"Must be one of {', '.join(self.allowed)}; is {shown(value)}.")
        return value


class Share(StrictField):
    """A number from 0 to 1."""

    def read(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise wrong_type("a number", value)
        if not 0 <= value <= 1 or not math.isfinite(value):
            raise faulty(InvalidRequest, f"Must be a number from 0 to 1; is {shown(value)}.")
        return float(value)


class Flag(StrictField):
    """``true`` or ``false``, and nothing that only looks like it."""

    def read(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise wrong_type("true or false", value)
        return value


def _items(count: int) -> str:
    return f"{count:,} item" if count == 1 else f"{count:,} items"


class Items(StrictField):
    """An array of at least ``fewest`` and at most ``most`` items; gives a tuple."""

    def __init__(
        self, item: StrictField, *, most: int | None = None, fewest: int = 0, required: bool = False
    ) -> None:
        super().__init__(required=required)
        self.item, self.most, self.fewest = item, most, fewest
        self.item.allow_none = isinstance(item, Anything)

    def read(self, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise wrong_type("an array", value)
        if self.most is not None and len(value) > self.most:
            raise faulty(InvalidRequest, f"Must have at most {_items(self.most)}; has {len(value):,}.")
        if len(value) < self.fewest:
            raise faulty(InvalidRequest, f"Must have at least {_items(self.fewest)}; has {len(value):,}.")
        found: list[Any] = []
        faults: dict[str | int, Any] = {}
        for index, each in enumerate(value):
            try:
                found.append(self.item.deserialize(each))
            except ValidationError as error:
                faults[index] = error.messages
        if faults:
            raise ValidationError(faults)
        return tuple(found)


class Record(StrictField):
    """An object; ``make`` turns the members that are there into a value."""

    def __init__(self, schema: StrictSchema, make: Callable[..., Any]) -> None:
        super().__init__()
        self.schema, self.make = schema, make

    def read(self, value: Any) -> Any:
        return self.make(**self.schema.load_object(value))
