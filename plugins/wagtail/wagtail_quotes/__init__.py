"""Quote attribution in Wagtail's administration: a view of who says what in a page."""
