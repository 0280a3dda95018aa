"""The switchboard: every page under its language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from tequio.ideas.deliberation.views import results
from tequio.notifications.views import stopping
from tequio.opendata.api import guide as open_data
from tequio.opendata.urls import operations
from tequio.portal.home import views as home
from tequio.portal.sharing.feeds import sitemaps

urlpatterns = [
    path("", home.choose_language, name="choose_language"),
    path("health/", home.health, name="health"),
    path("robots.txt", home.robots, name="robots"),
    path("stop/<str:token>/", stopping.one_click, name="one_click_stop"),
    path("c/<int:pk>/", results.short, name="short_conversation"),
    path("api/v1/openapi.json", open_data.openapi_json, name="openapi"),
    path("api/v1/", operations),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<str:section>-<int:number>.xml", sitemaps.section, name="sitemap_section"),
    *i18n_patterns(
        path("", include("tequio.portal.home.urls")),
        path("", include("tequio.portal.door.urls")),
        path("", include("tequio.people.urls")),
        path("", include("tequio.ideas.blueprints.urls")),
        path("", include("tequio.ideas.processes.urls")),
        path("", include("tequio.ideas.answers.urls")),
        path("", include("tequio.ideas.proposals.urls")),
        path("", include("tequio.ideas.deliberation.urls")),
        path("", include("tequio.portal.me.urls")),
        path("", include("tequio.portal.translations.urls")),
        path("", include("tequio.portal.thread.urls")),
        path("", include("tequio.portal.search.urls")),
        path("", include("tequio.portal.sharing.urls")),
        path("", include("tequio.recipes.urls")),
        path("", include("tequio.discussions.urls")),
        path("", include("tequio.moderation.urls")),
        path("", include("tequio.notifications.urls")),
        path("", include("tequio.transparency.urls")),
        path("", include("tequio.organisations.urls")),
        path("", include("tequio.catalogue.urls")),
        path("", include("tequio.opendata.urls")),
    ),
]

handler400 = "tequio.base.views.bad_request"
handler404 = "tequio.base.views.page_not_found"
handler500 = "tequio.base.views.server_error"
