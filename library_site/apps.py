from django.apps import AppConfig


class LibrarySiteConfig(AppConfig):
    name = "library_site"
