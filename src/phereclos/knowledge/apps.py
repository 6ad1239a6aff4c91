from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "phereclos.knowledge"
    verbose_name = "Knowledge"

    def ready(self) -> None:
        from wagtail.signals import page_published

        from phereclos.knowledge.indexing import index_published
        from phereclos.knowledge.models import CasePage

        page_published.connect(index_published, sender=CasePage)
