from django.urls import URLPattern

app_name = "leveringen"
urlpatterns: list[URLPattern] = []
