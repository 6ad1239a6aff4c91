from django.apps import AppConfig


class BadgesConfig(AppConfig):
    name = "phereclos.badges"
    verbose_name = "Badges"
