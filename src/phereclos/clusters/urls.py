from django.urls import path

from phereclos.clusters import views

app_name = "clusters"
urlpatterns = [
    path("", views.clusters, name="clusters"),
    # founding
    path("found/", views.found, name="found"),
    path("found/check/", views.found_check, name="found_check"),
    path("found/<slug:step>/", views.found_step, name="found_step"),
    # invitations from mails
    path("invitation/<str:token>/", views.join_by_link, name="join_by_link"),
    # one cluster
    path("<slug:slug>/", views.cluster, name="cluster"),
    path("<slug:slug>/edit/", views.edit, name="edit"),
    path("<slug:slug>/steps/<int:number>/", views.tick_step, name="tick_step"),
    # its members
    path("<slug:slug>/members/", views.members, name="members"),
    path("<slug:slug>/members/invite/", views.invite, name="invite"),
    path(
        "<slug:slug>/members/invitations/<int:number>/withdraw/", views.withdraw_invitation, name="withdraw_invitation"
    ),
    path("<slug:slug>/members/<int:number>/decide/", views.decide, name="decide"),
    path("<slug:slug>/members/hand-over/", views.hand_over, name="hand_over"),
    path("<slug:slug>/join/", views.join, name="join"),
    path("<slug:slug>/leave/", views.leave, name="leave"),
    # its charter
    path("<slug:slug>/charter/", views.charter, name="charter"),
    path("<slug:slug>/charter/edit/", views.edit_charter, name="edit_charter"),
    path("<slug:slug>/charter/<int:number>/accept/", views.accept_charter, name="accept_charter"),
    # its logbook
    path("<slug:slug>/logbook/", views.logbook, name="logbook"),
    path("<slug:slug>/logbook/write/", views.write_logbook, name="write_logbook"),
]
