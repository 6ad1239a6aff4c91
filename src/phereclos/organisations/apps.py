from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "phereclos.organisations"
    verbose_name = "Organisations"

    def ready(self) -> None:
        from phereclos.organisations import mails, registrations  # noqa: F401
