"""Stands in for superdesk-core, which does not install beside this service: its errors, as far as used."""

from __future__ import annotations


class SuperdeskApiError(Exception):
    def __init__(self, message: str, status_code: int) -> None:
        super().__init__(message)
        self.message, self.status_code = message, status_code

    @classmethod
    def badRequestError(cls, message: str) -> SuperdeskApiError:
        return cls(message, 400)

    @classmethod
    def proxyError(cls, message: str) -> SuperdeskApiError:
        return cls(message, 502)
