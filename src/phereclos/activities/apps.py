from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "phereclos.activities"
    verbose_name = "Activities"

    def ready(self) -> None:
        # What registers itself with the floors below.
        from phereclos.activities import desk, doors, mails, panels, receivers, sweepers  # noqa: F401
