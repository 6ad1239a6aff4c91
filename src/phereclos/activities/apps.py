from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "phereclos.activities"
    verbose_name = "Activities"
