"""The place of the cases in Wagtail's tree, and who may edit there. Safe to run at every start."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import GroupPagePermission, Locale, Page, Site

from phereclos.knowledge.models import KnowledgeIndexPage

EDITORS = "Case editors"
MAY = ("add_page", "change_page", "publish_page")


def ensure() -> KnowledgeIndexPage:
    """The index page, as the root of the one site, and the group of editors with rights on it alone."""
    index = KnowledgeIndexPage.objects.first() or _new_index()
    _site(index)
    _editors(index)
    return index


def _new_index() -> KnowledgeIndexPage:
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    root = Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    index = KnowledgeIndexPage(title="Knowledge", slug="knowledge")
    root.add_child(instance=index)
    return index


def _site(index: KnowledgeIndexPage) -> None:
    address = urlsplit(settings.PUBLIC_URL)
    wanted = {
        "hostname": address.hostname,
        "port": address.port or {"http": 80, "https": 443}[address.scheme],
        "site_name": settings.WAGTAIL_SITE_NAME,
        "root_page_id": index.pk,
    }
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
    # Wagtail's placeholder, which says “Welcome to your new Wagtail site!”.
    for page in Page.objects.filter(depth=2, slug="home").exact_type(Page):
        page.delete()


def _editors(index: KnowledgeIndexPage) -> None:
    group, _ = Group.objects.get_or_create(name=EDITORS)
    door, _ = Permission.objects.get_or_create(
        content_type=ContentType.objects.get_or_create(app_label="wagtailadmin", model="admin")[0],
        codename="access_admin",
        defaults={"name": "Can access Wagtail admin"},
    )
    group.permissions.set([door])
    page_type = ContentType.objects.get_for_model(Page)
    for permission in Permission.objects.filter(content_type=page_type, codename__in=MAY):
        GroupPagePermission.objects.get_or_create(group=group, page=index, permission=permission)
