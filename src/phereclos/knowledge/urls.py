from django.urls import path

from phereclos.knowledge import views

app_name = "knowledge"

urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>.json", views.case_json, name="case-json"),
    path("<slug:slug>/", views.case, name="case"),
]
