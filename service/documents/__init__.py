"""Article input: plain text or HTML in, ``Article`` out, with paragraphs told apart and the language named."""

from service.documents.text import read_text

__all__ = ["read_text"]
