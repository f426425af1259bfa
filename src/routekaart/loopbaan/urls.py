from django.urls import URLPattern

app_name = "loopbaan"
urlpatterns: list[URLPattern] = []
