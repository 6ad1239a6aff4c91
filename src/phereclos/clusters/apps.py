from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "phereclos.clusters"
    verbose_name = "Clusters"

    def ready(self) -> None:
        from phereclos.clusters import access, mails, registrations  # noqa: F401
