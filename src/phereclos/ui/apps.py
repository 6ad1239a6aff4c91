from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "phereclos.ui"
    label = "ui"
