"""Only the building blocks, so that these tests stand on the ground floor."""

from django.urls import include, path

urlpatterns = [path("ui/", include("phereclos.ui.urls"))]
