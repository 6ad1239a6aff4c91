from django.apps import AppConfig


class BadgesConfig(AppConfig):
    name = "phereclos.badges"
    verbose_name = "Badges"

    def ready(self) -> None:
        """What the floors below call back: mails, rules, panels, tasks, recovery, invariants."""
        from phereclos.badges import access, desk, doors, holders, invariants, mails, panels, sweepers  # noqa: F401
