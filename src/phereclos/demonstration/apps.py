from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "phereclos.demonstration"
    verbose_name = "Demonstration"
