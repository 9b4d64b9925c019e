"""The adapter in a real Wagtail with the real service; run by ``tests/plugins/test_wagtail.py``."""

from django.contrib.auth.models import User
from django.test import TestCase, override_settings
from django.urls import reverse
from wagtail.models import Page

from wagtail_site.news.models import Article


class QuotationsView(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.chief = User.objects.create_superuser("chief", password="chief")
        cls.page = Article(
            title="Tolls & ferries",
            standfirst="<p>The harbour board met on Monday.</p>",
            body=[
                ("heading", "R&D"),
                ("paragraph", "<p>😀 “We will not raise the <b>toll</b>,” said Ines Duarte.</p>"),
                ("paragraph", "<p>“Nobody asked us &lt;b&gt;,” said a senior official.</p>"),
            ],
        )
        Page.objects.get(depth=1).add_child(instance=cls.page)
        cls.address = reverse("wagtail_quotes", args=[cls.page.pk])

    def get(self, user=None):
        if user:
            self.client.force_login(user)
        return self.client.get(self.address)

    def test_shows_who_says_what_in_the_stream(self):
        answer = self.get(self.chief)
        self.assertContains(answer, "<strong>Ines Duarte</strong>", html=True)
        self.assertContains(answer, "“We will not raise the toll,”")
        self.assertContains(answer, "Unnamed speaker: 1")

    def test_quoted_words_are_never_markup(self):
        self.assertContains(self.get(self.chief), "“Nobody asked us &lt;b&gt;,”")

    def test_reads_the_latest_draft(self):
        self.page.body = [("paragraph", "<p>“The ferry sails in May,” said Kofi Annor.</p>")]
        self.page.save_revision()
        answer = self.get(self.chief)
        self.assertContains(answer, "Kofi Annor")
        self.assertNotContains(answer, "Ines Duarte")

    def test_only_those_who_may_edit_the_page_see_it(self):
        self.assertRedirects(self.get(), f"/admin/login/?next={self.address}")
        reader = User.objects.create_user("reader", password="reader")
        self.assertNotContains(self.get(reader), "Ines Duarte", status_code=302)

    def test_the_pages_menu_leads_there(self):
        self.client.force_login(self.chief)
        edit = self.client.get(reverse("wagtailadmin_pages:edit", args=[self.page.pk]))
        self.assertContains(edit, self.address)

    @override_settings(QUOTE_ATTRIBUTION_URL="http://127.0.0.1:9", QUOTE_ATTRIBUTION_TIMEOUT=2)
    def test_without_the_service_the_view_says_so(self):
        self.assertContains(self.get(self.chief), "The quotation service cannot be reached.")
