from django.urls import path

from phereclos.accounts import views

app_name = "accounts"
urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/data/", views.data, name="data"),
    path("account/delete/", views.delete, name="delete"),
    path("security/", views.security, name="security"),
    path("security/everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
]
