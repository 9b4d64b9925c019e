"""An article as newsrooms model it: a stream of headings, paragraphs and quotations."""

from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page


class Article(Page):
    """A page with a rich-text standfirst and a stream."""

    standfirst = RichTextField(blank=True)
    body = StreamField(
        [
            ("heading", blocks.CharBlock()),
            ("paragraph", blocks.RichTextBlock()),
            ("quotation", blocks.BlockQuoteBlock()),
        ],
        blank=True,
    )
