from django.urls import path

from phereclos.ui import views

app_name = "ui"

urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("site.<slug:fingerprint>.css", views.stylesheet, name="stylesheet"),
]
