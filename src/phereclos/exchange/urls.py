from django.urls import path

from phereclos.exchange.views import links, proposals, requests

app_name = "exchange"
urlpatterns = [
    path("", proposals.index, name="board"),
    path("mine/", proposals.mine, name="mine"),
    path("mine/mails/", proposals.have_mails, name="have-mails"),
    # needs
    path("needs/new/", proposals.post_need, name="post-need"),
    path("needs/<int:pk>/", proposals.need, name="need"),
    path("needs/<int:pk>/edit/", proposals.edit_need, name="edit-need"),
    path("needs/<int:pk>/copy/", proposals.copy_need, name="copy-need"),
    path("needs/<int:pk>/close/", proposals.close_need, name="close-need"),
    path("needs/<int:pk>/help/", proposals.offer_help, name="offer-help"),
    path("needs/<int:pk>/ask/", requests.ask, name="ask"),
    path("needs/<int:pk>/release/", proposals.release_need, name="release-need"),
    path("needs/<int:pk>/allow-more/", proposals.allow_more, name="allow-more"),
    # offers
    path("offers/new/", proposals.post_offer, name="post-offer"),
    path("offers/<int:pk>/", proposals.offer, name="offer"),
    path("offers/<int:pk>/edit/", proposals.edit_offer, name="edit-offer"),
    path("offers/<int:pk>/copy/", proposals.copy_offer, name="copy-offer"),
    path("offers/<int:pk>/state/", proposals.set_offer_state, name="offer-state"),
    path("offers/<int:pk>/release/", proposals.release_offer, name="release-offer"),
    # requests
    path("requests/<uuid:uid>/", requests.show, name="request"),
    path("requests/<uuid:uid>/answer/", requests.answer, name="request-answer"),
    path("requests/<uuid:uid>/questions/<int:pk>/reply/", requests.reply, name="reply"),
    path("requests/<uuid:uid>/withdraw/", requests.withdraw, name="withdraw"),
    path("requests/<uuid:uid>/date/", requests.date, name="request-date"),
    path("requests/<uuid:uid>/objections/<int:pk>/settle/", requests.settle, name="settle"),
    # behind links in mails
    path("answer/<str:token>/", links.answer, name="answer"),
    path("date/<str:token>/", links.date, name="date"),
    path("object/<str:token>/", links.object_, name="object"),
    path("stop-mails/<str:token>/", links.stop_mails, name="stop-mails"),
]
