from django.urls import path

from phereclos.activities import views

app_name = "activities"
urlpatterns = [
    path("", views.index, name="index"),
    path("of/<uuid:uid>/", views.of_request, name="of-request"),
    path("<uuid:uid>/", views.activity, name="activity"),
    path("<uuid:uid>/lane/", views.lane, name="lane"),
    path("<uuid:uid>/move/", views.move, name="move"),
    path("<uuid:uid>/cancel/", views.cancel, name="cancel"),
    path("<uuid:uid>/confirm/", views.confirm, name="confirm"),
    path("<uuid:uid>/settle/", views.settle, name="settle"),
    path("<uuid:uid>/feedback/", views.feedback, name="feedback"),
    path("<uuid:uid>/activity.ics", views.calendar, name="calendar"),
]
