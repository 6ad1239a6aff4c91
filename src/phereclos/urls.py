"""The site's table of contents. Each app lists its own addresses."""

from django.conf import settings
from django.urls import include, path

from phereclos import views
from phereclos.badges.urls import well_known

urlpatterns = [
    path("", views.home, name="home"),
    path("about/<slug:page>/", views.about, name="about"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    # people and organisations
    path("accounts/", include("phereclos.accounts.allauth_urls")),
    path("me/", include("phereclos.organisations.desk_urls")),
    path("me/", include("phereclos.accounts.urls")),
    path("organisations/", include("phereclos.organisations.urls")),
    # the life of a cluster
    path("clusters/", include("phereclos.clusters.urls")),
    path("exchange/", include("phereclos.exchange.urls")),
    path("activities/", include("phereclos.activities.urls")),
    # badges
    path("badges/", include("phereclos.badges.urls")),
    path("verify/", include("phereclos.badges.verify_urls")),
    path("", include(well_known)),
    # reading
    path("knowledge/", include("phereclos.knowledge.urls")),
    path("back-office/", include("phereclos.knowledge.back_office_urls")),
    # building blocks and first start
    path("ui/", include("phereclos.ui.urls")),
    path("setup/", include("phereclos.setup.urls")),
]
if settings.DEMONSTRATION:
    urlpatterns += [path("demonstration/", include("phereclos.demonstration.urls"))]

handler400 = "phereclos.ui.views.bad_request"
handler403 = "phereclos.ui.views.permission_denied"
handler404 = "phereclos.ui.views.not_found"
handler500 = "phereclos.web.server_error"
