from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "phereclos.setup"
    verbose_name = "First start"
