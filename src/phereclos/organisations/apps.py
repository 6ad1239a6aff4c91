from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "phereclos.organisations"
    verbose_name = "Organisations"
