"""Article input: text or HTML in, ``Article`` out, its paragraphs told apart and its language named."""

from service.documents.text import read_text

__all__ = ["read_text"]
