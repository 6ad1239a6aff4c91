from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "phereclos.knowledge"
    verbose_name = "Knowledge"
