from django.urls import URLPattern

app_name = "delen"
urlpatterns: list[URLPattern] = []
