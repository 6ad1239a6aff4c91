from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from phereclos.demonstration import views

app_name = "demonstration"
urlpatterns = [
    path("", require_safe(RedirectView.as_view(pattern_name="demonstration:people")), name="demonstration"),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.sign_in, name="sign_in"),
    path("outbox/", views.outbox, name="outbox"),
]
