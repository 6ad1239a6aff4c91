from django.urls import path

from phereclos.badges.views import verify

app_name = "verify"

urlpatterns = [path("", verify.verify, name="verify")]
