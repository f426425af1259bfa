from django.urls import URLPattern

app_name = "correspondentie"
urlpatterns: list[URLPattern] = []
