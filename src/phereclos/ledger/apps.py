from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "phereclos.ledger"
    verbose_name = "Ledger"
