from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "phereclos.ui"
    label = "ui"

    def ready(self) -> None:
        from phereclos.ui.messages import speak_plainly

        speak_plainly()
