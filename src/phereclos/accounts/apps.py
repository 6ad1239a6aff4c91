from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "phereclos.accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from phereclos.accounts import signals  # noqa: F401
