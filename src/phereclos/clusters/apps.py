from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "phereclos.clusters"
    verbose_name = "Clusters"
