from django.urls import path

from phereclos.demonstration import views

app_name = "demonstration"
urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.sign_in, name="sign_in"),
    path("outbox/", views.outbox, name="outbox"),
]
