"""Article input: text or HTML in, ``Article`` out, its paragraphs told apart and its language named."""

from service.documents.language import detect_language, is_english
from service.documents.text import read_text

__all__ = ["detect_language", "is_english", "read_text"]
