from django.urls import path

from phereclos.organisations import desk_views

app_name = "desk"
urlpatterns = [
    path("", desk_views.show, name="desk"),
    path("acting/", desk_views.act_for, name="act_for"),
]
