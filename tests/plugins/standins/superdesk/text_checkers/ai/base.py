"""Stands in for superdesk-core: an AI service is registered under its name when it is made."""

from __future__ import annotations

import abc
from typing import Any

registered_ai_services: dict[str, AIServiceBase] = {}


class AIServiceRegisterer(abc.ABCMeta):
    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        instance = super().__call__(*args, **kwargs)
        return registered_ai_services.setdefault(instance.name, instance)


class AIServiceBase(metaclass=AIServiceRegisterer):
    def __init__(self, app: Any) -> None:
        self.config = app.config

    @property
    @abc.abstractmethod
    def name(self) -> str: ...

    @property
    def label(self) -> str:
        return self.name.title()

    @abc.abstractmethod
    def analyze(self, item: dict[str, Any]) -> dict[str, Any]: ...
