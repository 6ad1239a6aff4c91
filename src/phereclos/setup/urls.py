from django.urls import path

from phereclos.setup import views

app_name = "setup"
urlpatterns = [
    path("", views.steps, name="steps"),
    path("mail/", views.test_mail, name="test_mail"),
    path("operator/<str:token>/", views.operator, name="operator"),
]
