from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "phereclos.exchange"
    verbose_name = "Exchange"

    def ready(self) -> None:
        # What registers itself with the floors below.
        from phereclos.exchange import desk, doors, mails, panels, sweepers  # noqa: F401
