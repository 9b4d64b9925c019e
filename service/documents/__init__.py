"""Article input: text or HTML in, ``Article`` out, its paragraphs told apart and its language named."""

from service.documents.html import HtmlArticle, read_html
from service.documents.language import detect_language, is_english
from service.documents.offsets import OffsetMap
from service.documents.text import read_text

__all__ = ["HtmlArticle", "OffsetMap", "detect_language", "is_english", "read_html", "read_text"]
