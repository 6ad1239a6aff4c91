from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "phereclos.exchange"
    verbose_name = "Exchange"
