"""What the HTML elements are to a reader: paragraphs, parts of a line, furniture, or nothing at all."""

from __future__ import annotations

BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
    }
    | {"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"}
    | {
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
    }
    | {
        "option",
        "p",
        "plaintext",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
    }
    | {"tr", "ul", "xmp"}
)
"""Elements that stand on lines of their own; any other is part of a line, and may stand inside a word."""

HIDDEN = frozenset(
    {
        "audio",
        "button",
        "canvas",
        "datalist",
        "embed",
        "iframe",
        "map",
        "math",
        "meter",
        "noembed",
        "noframes",
    }
    | {
        "noscript",
        "object",
        "progress",
        "rp",
        "rt",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
    }
    | {"title", "video"}
)
"""Elements whose content is no part of the text."""

VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    }
)
"""Elements that have no content and no end tag."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FURNITURE = frozenset({"aside", "figcaption", "footer", "form", "nav"})
FURNITURE_ROLES = frozenset({"banner", "complementary", "contentinfo", "form", "navigation", "search"})
PREFORMATTED = frozenset({"listing", "plaintext", "pre", "xmp"})
UNSEEN_CLASSES = frozenset({"screen-reader-text", "screen-reader-only", "sr-only", "visually-hidden"})


def is_hidden(name: str, attributes: dict[str, str]) -> bool:
    """Tell whether a reader sees nothing of the element: scripts, ``hidden``, ``aria-hidden`` etc."""
    if name in HIDDEN or "hidden" in attributes or (name == "dialog" and "open" not in attributes):
        return True
    if attributes.get("aria-hidden", "").lower() == "true":
        return True
    style = attributes.get("style", "")[:1_000].lower().replace(" ", "")
    return "display:none" in style or not UNSEEN_CLASSES.isdisjoint(classes(attributes))


def is_furniture(name: str, attributes: dict[str, str]) -> bool:
    """Tell whether the element stands beside the article: navigation, asides, captions, forms, footers."""
    return name in FURNITURE or attributes.get("role", "").lower() in FURNITURE_ROLES


def classes(attributes: dict[str, str]) -> set[str]:
    """Return the element's classes."""
    return set(attributes.get("class", "")[:1_000].lower().split())
