from django.urls import path

from .feeds import atom
from .views import cards, links

app_name = "sharing"
urlpatterns = [
    path("feed/", atom.feed, name="feed"),
    path("items/<int:pk>/card.png", cards.item_card, name="item_card"),
    path("places/<str:code>/card.png", cards.place_card, name="place_card"),
    path("organisations/<int:pk>/card.png", cards.organisation_card, name="organisation_card"),
    path("items/<int:pk>/share/", links.share_item, name="item"),
    path("places/<str:code>/share/", links.share_place, name="place"),
    path("organisations/<int:pk>/share/", links.share_organisation, name="organisation"),
]
