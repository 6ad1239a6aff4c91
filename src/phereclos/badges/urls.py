app_name = "badges"
urlpatterns: list = []
well_known: list = []
