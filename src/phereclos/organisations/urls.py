from django.urls import path

from phereclos.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.directory, name="directory"),
    path("new/", views.new, name="new"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    # one organisation
    path("<slug:slug>/", views.organisation, name="organisation"),
    path("<slug:slug>/edit/", views.edit, name="edit"),
    path("<slug:slug>/vouch/", views.vouch, name="vouch"),
    # its people
    path("<slug:slug>/join/", views.join, name="join"),
    path("<slug:slug>/join/<int:pk>/", views.join_request, name="join_request"),
    path("<slug:slug>/people/", views.people, name="people"),
    path("<slug:slug>/people/<int:pk>/", views.role, name="role"),
    path("<slug:slug>/invitations/<uuid:uid>/withdraw/", views.withdraw, name="withdraw"),
    path("<slug:slug>/leave/", views.leave, name="leave"),
]
