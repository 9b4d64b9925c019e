"""The application: add ``wagtail_quotes`` to ``INSTALLED_APPS`` and set ``QUOTE_ATTRIBUTION_URL``."""

from django.apps import AppConfig


class WagtailQuotes(AppConfig):
    """Names the application; everything else is found by Wagtail's hooks."""

    name = "wagtail_quotes"
    verbose_name = "Quotations"
