"""The article's table."""

from typing import ClassVar

import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models

BLOCKS = {
    0: ("wagtail.blocks.CharBlock", (), {}),
    1: ("wagtail.blocks.RichTextBlock", (), {}),
    2: ("wagtail.blocks.BlockQuoteBlock", (), {}),
}
STREAM = [("heading", 0), ("paragraph", 1), ("quotation", 2)]


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = [("wagtailcore", "0001_initial")]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                ("standfirst", wagtail.fields.RichTextField(blank=True)),
                ("body", wagtail.fields.StreamField(STREAM, blank=True, block_lookup=BLOCKS)),
            ],
            options={"abstract": False},
            bases=("wagtailcore.page",),
        ),
    ]
