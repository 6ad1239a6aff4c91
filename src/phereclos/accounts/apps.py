from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "phereclos.accounts"
    verbose_name = "People"
