"""Badges: public pages, the desk of issuers, what holders do, cards for children."""

from django.urls import path

from phereclos.badges.views import holding, issuing, passports, public

app_name = "badges"

urlpatterns = [
    path("", public.overview, name="overview"),
    # what can be earned
    path("achievements/<slug:slug>/", public.achievement, name="achievement"),
    path("achievements/<slug:slug>/image.svg", public.achievement_svg, name="achievement_svg"),
    path("achievements/<slug:slug>/image.png", public.achievement_png, name="achievement_png"),
    path("achievements/<slug:slug>.json", public.achievement_json, name="achievement_json"),
    # who signs
    path("issuers/<slug:slug>/", public.issuer, name="issuer"),
    path("issuers/<slug:slug>/did.json", public.issuer_did, name="issuer_did"),
    path("status/<uuid:uid>", public.status_list, name="status"),
    # what was given
    path("awards/<uuid:uid>/", public.award, name="award"),
    path("awards/<uuid:uid>/certificate/", public.certificate, name="certificate"),
    path("awards/<uuid:uid>.json", public.award_json, name="award_json"),
    path("awards/<uuid:uid>.png", public.award_png, name="award_png"),
    path("awards/<uuid:uid>.svg", public.award_svg, name="award_svg"),
    # what holders do
    path("claim/<str:token>/", holding.claim, name="claim"),
    path("mine/", holding.mine, name="mine"),
    path("mine/<uuid:uid>/", holding.change, name="change"),
    path("passport/", holding.passport, name="passport"),
    path("passport/<uuid:uid>/", holding.passport_change, name="passport_change"),
    # cards for children
    path("passports/", passports.passports, name="passports"),
    # what issuers do
    path("issuing/", issuing.desk, name="issuing"),
    path("issuing/batches/<uuid:uid>/", issuing.batch, name="batch"),
    path("issuing/<slug:slug>/", issuing.issuer, name="issuing_issuer"),
    path("issuing/<slug:slug>/award/", issuing.award, name="award_new"),
    path("issuing/<slug:slug>/many/", issuing.many, name="award_many"),
    path("issuing/<slug:slug>/achievements/", issuing.achievements, name="issuing_achievements"),
    path("issuing/<slug:slug>/programme/", issuing.programme, name="programme_new"),
    path("issuing/<slug:slug>/keys/", issuing.keys, name="issuing_keys"),
    path("issuing/<slug:slug>/awards/<uuid:uid>/withdraw/", issuing.withdraw, name="withdraw"),
]

well_known = [path(".well-known/did.json", public.site_did, name="site_did")]
