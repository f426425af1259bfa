from django.urls import URLPattern

app_name = "samenwerking"
urlpatterns: list[URLPattern] = []
