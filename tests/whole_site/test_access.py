"""Who may open what: every address, every role, reading and sending."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.utils import timezone
from django.utils.translation import override

from accounts.account_changes import request_address
from accounts.actions import write_mail
from accounts.models import AddressChange, Invitation
from contributions.models import BlockedHost, BlockedWord, NoticePreference, SenderBlock
from imports.actions import begin
from imports.models import ImportedRecord
from publishing.actions import drafting
from publishing.models.entry import kinds
from publishing.tokens import token_digest
from tests.factories import (
    a_contribution,
    an_account,
    an_invitation,
    edited,
    newest,
    proposal_of,
    publish_change,
    publish_one_of_each,
    publish_source,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROLES = ("anonymous", "reader", "newcomer", "editor", "administrator")
OTHER_METHODS = ("put", "patch", "delete", "trace")

# What each of ROLES gets: reading, then sending an empty form. The sign-in is a 302.
Row = tuple[str, str]
PUBLIC: Row = ("200 200 200 200 200", "405 405 405 405 405")
STAFF: Row = ("302 302 200 200 200", "302 302 200 200 200")
EDITORS: Row = ("302 302 403 200 200", "302 302 403 200 200")
ADMINISTRATORS: Row = ("302 302 403 403 200", "302 302 403 403 200")
# The desk shows it, and takes nothing for it.
LOOKED_AT: Row = ("302 302 403 403 200", "302 302 403 403 403")
# Of one's own account.
OWN_PAGE: Row = ("302 200 200 200 200", "302 405 405 405 405")
OWN_FORM: Row = ("302 200 200 200 200", "302 200 200 200 200")
BESIDE: Row = ("302 302 403 200 200", "302 302 405 405 405")
NOBODY: Row = ("302 302 403 403 403", "302 302 403 403 403")
LEADS_ON: Row = ("302 302 302 302 302", "302 302 302 302 302")
LEADS_EDITORS_ON: Row = ("302 302 403 302 302", "302 302 403 302 302")
NOTHING: Row = ("404 404 404 404 404", "404 404 404 404 404")
NOT_THERE: Row = ("302 302 404 404 404", "302 302 404 404 404")


def desk(name: str, index: Row, add: Row, change: Row, delete: Row, history: Row) -> dict[str, Row]:
    """The addresses that the stock admin gives a model."""
    at = f"<language>/admin/{name}/"
    return {
        at: index,
        f"{at}add/": add,
        f"{at}<path:object_id>/change/": change,
        f"{at}<path:object_id>/delete/": delete,
        f"{at}<path:object_id>/history/": history,
        f"{at}<path:object_id>/": LEADS_ON,
    }


def history(of: str) -> dict[str, Row]:
    """The addresses that every kind of entry has below its own."""
    at = f"<language>/{of}<slug:slug>/history/"
    files = citations(f"{of}<slug:slug>/history/<int:number>/")
    leads = ("302 302 302 302 302", PUBLIC[1])
    return {
        **{at: PUBLIC, f"{at}<int:number>/": PUBLIC, **files},
        **{f"{at}feed.xml": PUBLIC, f"{at}timemap/": PUBLIC, f"{at}timegate/": leads},
    }


def citations(of: str) -> dict[str, Row]:
    """The addresses of the files that cite it."""
    return {f"<language>/{of}cite.{ending}": PUBLIC for ending in ("bib", "ris", "json")}


KINDS = (
    *("cases/case", "cases/initiative", "cases/actor", "cases/place", "sources/source", "sources/image"),
    *("pillars/pillar", "pillars/theme", "pillars/term", "portal/page"),
)
COPIED = ("cases/case", "cases/initiative", "cases/actor", "sources/source")
MATRIX: dict[str, Row] = {
    "healthz": PUBLIC,
    "readyz": PUBLIC,
    "robots.txt": PUBLIC,
    "signed-heads.txt": PUBLIC,
    "sitemap.xml": ("200 200 200 200 200", "200 200 200 200 200"),
    "sitemap-<slug:section>.xml": ("200 200 200 200 200", "200 200 200 200 200"),
    "media/<slug:digest>-<int:width>.webp": PUBLIC,
    # Until it is drawn, the general picture.
    "cards/<slug:kind>/<slug:slug>/<int:number>-<slug:language>.png": ("302 302 302 302 302", PUBLIC[1]),
    "favicon.ico": ("301 301 301 301 301", "301 301 301 301 301"),
    "<language>/": PUBLIC,
    "<language>/pillars/": PUBLIC,
    "<language>/pillars/<slug:slug>/": PUBLIC,
    **history("pillars/"),
    "<language>/themes/": PUBLIC,
    "<language>/themes/<slug:slug>/": PUBLIC,
    **history("themes/"),
    "<language>/glossary/": PUBLIC,
    "<language>/glossary/<slug:slug>/": PUBLIC,
    **history("glossary/"),
    "<language>/cases/": PUBLIC,
    **citations("cases/"),
    "<language>/cases/compare/": PUBLIC,
    # Without a question there is nothing to cite.
    **dict.fromkeys((one for of in ("cases/compare/", "brief/", "search/") for one in citations(of)), ("404 404 404 404 404", PUBLIC[1])),
    **{route: row for of in ("pillars/", "themes/", "glossary/", "actors/", "sources/", "codebook/", "changes/", "figures/",
                             "signed-heads/", "home/") for route, row in citations(of).items()},
    "<language>/cases/answers/<int:number>/": PUBLIC,
    **citations("cases/answers/<int:number>/"),
    "<language>/cases/map/": PUBLIC,
    "<language>/cases/timeline/": PUBLIC,
    "<language>/cases/figures/": PUBLIC,
    "<language>/cases/figures.csv": PUBLIC,
    "<language>/brief/": PUBLIC,
    # Without a case there is nothing to take along.
    "<language>/brief.docx": ("400 400 400 400 400", "405 405 405 405 405"),
    "<language>/cases/<slug:slug>/": PUBLIC,
    **history("cases/"),
    "<language>/initiatives/": PUBLIC,
    **citations("initiatives/"),
    "<language>/initiatives/<slug:slug>/": PUBLIC,
    **history("initiatives/"),
    "<language>/actors/": PUBLIC,
    "<language>/actors/<slug:slug>/": PUBLIC,
    **history("actors/"),
    "<language>/places/<slug:slug>/": PUBLIC,
    **history("places/"),
    "<language>/sources/": PUBLIC,
    "<language>/sources/<slug:slug>/": PUBLIC,
    **history("sources/"),
    "<language>/pictures/<slug:slug>/": PUBLIC,
    **history("pictures/"),
    **dict.fromkeys((f"<language>/codebook{ending}" for ending in ("/", ".csv", ".json")), PUBLIC),
    "<language>/errata/": PUBLIC,
    **dict.fromkeys((f"<language>/errata/<slug:slug>{ending}" for ending in ("/", "/feed.xml", ".csv")), PUBLIC),
    # Data: each list in its formats, and each entry.
    **dict.fromkeys((f"<language>/{one}.<ending:ending>" for one in ("initiatives", "actors", "sources", "glossary")), PUBLIC),
    "<language>/cases/compare.<comparison_ending:ending>": ("400 400 400 400 400", PUBLIC[1]),
    "<language>/cases.<ending_of_places:ending>": PUBLIC,
    **dict.fromkeys((f"<language>/{below}<slug:slug>.json" for below in ("cases/", "initiatives/", "actors/", "places/", "sources/",
                    "pictures/", "pillars/", "themes/", "glossary/", "")), PUBLIC),
    # For programs: each list and each entry, and what else there is.
    "<language>/api/": PUBLIC,
    **dict.fromkeys((f"api/v1/{one}" for one in ("", "openapi.json", "<resource:name>", "<resource:name>/<str:key>",
                    "<resource:name>/<str:key>/revisions", "entries/<str:key>", "claims", "changes", "vocabularies",
                    "vocabularies/<str:name>")), PUBLIC),
    # OpenRefine sends its questions; nothing is written.
    "api/v1/reconciliation": (PUBLIC[0], PUBLIC[0]),
    **dict.fromkeys((f"api/v1/reconciliation/{one}" for one in ("suggest/<suggested:what>", "preview/<uuid:key>", "properties")), PUBLIC),
    "api/v1/reconciliation/view/<uuid:key>": ("302 302 302 302 302", PUBLIC[1]),
    "api/v1/<path:rest>": ("404 404 404 404 404", PUBLIC[1]),
    "<language>/releases/": PUBLIC,
    "<language>/releases/compare/": PUBLIC,
    "<language>/changes/": PUBLIC,
    "<language>/changes/feed.xml": PUBLIC,
    "<language>/figures/": PUBLIC,
    "<language>/signed-heads/": PUBLIC,
    "<language>/search/": PUBLIC,
    "<language>/search/suggestions/": PUBLIC,
    "<language>/search/opensearch.xml": PUBLIC,
    "<language>/<slug:slug>/": PUBLIC,
    **history(""),
    # Anybody proposes; what is no form of ours is refused.
    "<language>/hand-in/": ("200 200 200 200 200", "422 422 422 422 422"),
    "<language>/propose/<slug:kind>/": ("200 200 200 200 200", "400 400 400 400 400"),
    "<language>/propose/<slug:kind>/<slug:slug>/": ("200 200 200 200 200", "400 400 400 400 400"),
    "<language>/propose/<slug:kind>/<slug:slug>/<path:at>/": ("200 200 200 200 200", "400 400 400 400 400"),
    "<language>/proposals/<str:token>/": ("200 200 200 200 200", "400 400 400 400 400"),
    # An address is confirmed once.
    "<language>/proposals/confirm/<str:token>/": ("200 200 200 200 200", "302 404 404 404 404"),
    "<language>/admin/": STAFF,
    "<language>/admin/login/": ("302 403 302 302 302", "302 403 302 302 302"),
    "<language>/admin/logout/": ("302 302 405 405 405", "302 302 200 200 200"),
    "<language>/admin/password_change/": LEADS_ON,
    "<language>/admin/password_change/done/": LEADS_ON,
    "<language>/admin/datasets/": EDITORS,
    "<language>/admin/datasets/names/": ("302 302 403 200 200", "302 302 403 404 404"),
    "<language>/admin/datasets/<uuid:key>/": ("302 302 403 200 200", "302 302 403 302 302"),
    "<language>/admin/datasets/records/": ("302 302 403 200 200", "302 302 403 405 405"),
    "<language>/admin/datasets/records/<int:number>/": ("302 302 403 200 200", "302 302 403 302 302"),
    "<language>/admin/datasets/take-on/<uuid:key>/": ("302 302 403 200 200", "302 302 403 302 302"),
    "<language>/admin/translations/": ("302 302 403 200 200", "302 302 403 405 405"),
    "<language>/admin/comments/<uuid:key>/": ("302 302 404 200 200", "302 302 404 404 404"),
    "<language>/admin/translations/next/<slug:language>/": ("302 302 403 200 200", "302 302 403 405 405"),
    "<language>/admin/practice/": ("302 302 405 405 405", "302 302 404 302 302"),
    "<language>/admin/translations/<uuid:key>/<slug:language>/": EDITORS,
    "<language>/admin/cases/actor/<path:object_id>/merge/": EDITORS,
    "<language>/admin/sources/source/<path:object_id>/merge/": EDITORS,
    **dict.fromkeys((f"<language>/admin/{kind}/alike/" for kind in KINDS), EDITORS),
    **dict.fromkeys((f"<language>/admin/{kind}/add/from/" for kind in COPIED), EDITORS),
    "<language>/admin/sources/source/from/": EDITORS,
    **dict.fromkeys((f"<language>/admin/{kind}/beside/<str:place>/<slug:language>/" for kind in KINDS), BESIDE),
    "<language>/admin/jsi18n/": ("302 302 200 200 200", "302 302 405 405 405"),
    "<language>/admin/autocomplete/": ("302 302 403 403 403", "302 302 405 405 405"),
    "<language>/admin/r/<path:content_type_id>/<path:object_id>/": LEADS_ON,
    "<language>/admin/<app>/": ("302 302 404 200 200", "302 302 404 200 200"),
    "<language>/admin/<anything>": NOT_THERE,
    **desk("cases/case", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    **desk("cases/initiative", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    **desk("cases/actor", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    **desk("cases/place", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    **desk("sources/source", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    **desk("sources/image", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    **desk("pillars/pillar", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    **desk("pillars/theme", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    **desk("pillars/term", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    **desk("portal/page", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    # These two lead on to where an entry is edited or a proposal finished, which asks again.
    **desk("publishing/entry", EDITORS, NOBODY, LEADS_EDITORS_ON, NOBODY, EDITORS),
    **desk("publishing/proposal", EDITORS, NOBODY, EDITORS, NOBODY, LEADS_EDITORS_ON),
    "<language>/admin/publishing/proposal/<uuid:key>/step/<slug:name>/": ("302 302 403 302 302", "302 302 403 200 200"),
    "<language>/admin/publishing/proposal/<uuid:key>/comment/": ("302 302 403 302 302", "302 302 403 200 200"),
    "<language>/admin/publishing/proposal/<uuid:key>/preview/<slug:language>/": EDITORS,
    "<language>/admin/publishing/proposal/<uuid:key>/share/": EDITORS,
    "<language>/admin/publishing/proposal/<uuid:key>/share/<int:link>/revoke/": ("302 302 403 302 302", "302 302 403 404 404"),
    # Whoever sits at the desk may keep what they type, and lists; both are theirs alone.
    "<language>/admin/publishing/proposal/typing/<str:form_key>/": ("302 302 404 404 404", "302 302 200 200 200"),
    "<language>/admin/publishing/proposal/typing/<str:form_key>/discard/": ("302 302 404 404 404", "302 302 302 302 302"),
    "<language>/admin/publishing/savedfilter/keep/": ("302 302 404 404 404", "302 302 302 302 302"),
    "<language>/admin/publishing/savedfilter/<int:key>/forget/": ("302 302 404 404 404", "302 302 302 302 302"),
    **desk("publishing/savedfilter", ADMINISTRATORS, NOBODY, ("302 302 403 403 200", "302 302 403 403 403"), NOBODY,
           ADMINISTRATORS),
    "<language>/admin/publishing/revision/<int:key>/restore/": ("302 302 403 302 302", "302 302 403 302 302"),
    # What came through the public door is decided by moderators.
    **desk("contributions/contribution", EDITORS, NOBODY, EDITORS, NOBODY, EDITORS),
    "<language>/admin/contributions/contribution/<uuid:key>/decide/<slug:verb>/": ("302 302 403 302 302", "302 302 403 200 200"),
    "<language>/admin/contributions/contribution/<uuid:key>/next/": ("302 302 403 302 302", "302 302 403 302 302"),
    **desk("contributions/blockedword", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    **desk("contributions/blockedhost", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    **desk("contributions/senderblock", EDITORS, EDITORS, EDITORS, EDITORS, EDITORS),
    # Each moderator has a row of their own; this one is the administrator's.
    **desk("contributions/noticepreference", EDITORS, ("302 302 403 200 403", "302 302 403 200 403"),
           ("302 302 403 302 200", "302 302 403 302 200"), ("302 302 403 302 200", "302 302 403 302 200"),
           ("302 302 302 302 200", "302 302 302 302 200")),
    "<language>/preview/<str:token>/": NOTHING,
    "<language>/admin/publishing/proposal/<uuid:key>/resolve/": ADMINISTRATORS,
    **desk("publishing/revision", EDITORS, NOBODY, EDITORS, NOBODY, EDITORS),
    **desk("admin/logentry", ADMINISTRATORS, NOBODY, ("302 302 403 403 200", "302 302 403 403 403"), NOBODY,
           ADMINISTRATORS),
    **desk("auth/group", ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS),
    **desk("auth/user", ADMINISTRATORS, NOBODY, ADMINISTRATORS, NOBODY, ADMINISTRATORS),
    "<language>/admin/auth/user/<id>/password/": ADMINISTRATORS,
    "<language>/admin/auth/user/<id>/address/": ADMINISTRATORS,
    **desk("accounts/addresschange", ADMINISTRATORS, NOBODY, LOOKED_AT, NOBODY, ADMINISTRATORS),
    **desk("accounts/invitation", ADMINISTRATORS, ADMINISTRATORS, LOOKED_AT, NOBODY, ADMINISTRATORS),
    **desk("accounts/mail", ADMINISTRATORS, NOBODY, LOOKED_AT, NOBODY, ADMINISTRATORS),
    **desk("mfa/authenticator", ADMINISTRATORS, NOBODY, LOOKED_AT, ADMINISTRATORS, ADMINISTRATORS),
    "<language>/accounts/": LEADS_ON,
    "<language>/accounts/invitation/<str:token>/": ("200 200 200 200 200", "200 200 200 200 200"),
    # Whoever is signed in proves once more who they are; the link works once.
    "<language>/accounts/address/": LEADS_ON,
    "<language>/accounts/address/confirm/<str:token>/": ("200 200 200 200 200", "302 410 410 410 410"),
    "<language>/accounts/sessions/": OWN_PAGE,
    "<language>/accounts/sessions/end/": ("302 405 405 405 405", "302 404 404 404 404"),
    "<language>/accounts/second-factor/": OWN_PAGE,
    # Only the reader has a second factor here, and nobody recovery codes.
    "<language>/accounts/login/": ("200 302 302 302 302", "200 302 302 302 302"),
    "<language>/accounts/logout/": ("302 200 200 200 200", "302 302 302 302 302"),
    "<language>/accounts/inactive/": PUBLIC,
    "<language>/accounts/signup/": ("200 302 302 302 302", "200 302 302 302 302"),
    "<language>/accounts/reauthenticate/": OWN_FORM,
    "<language>/accounts/password/change/": OWN_FORM,
    "<language>/accounts/password/reset/": ("200 200 200 200 200", "200 200 200 200 200"),
    "<language>/accounts/password/reset/done/": PUBLIC,
    "<language>/accounts/password/reset/key/<key>/": ("200 200 200 200 200", "200 200 200 200 200"),
    "<language>/accounts/password/reset/key/done/": PUBLIC,
    "<language>/accounts/2fa/": OWN_PAGE,
    "<language>/accounts/2fa/authenticate/": LEADS_ON,
    "<language>/accounts/2fa/reauthenticate/": ("302 200 302 302 302", "302 200 302 302 302"),
    "<language>/accounts/2fa/totp/activate/": LEADS_ON,
    "<language>/accounts/2fa/totp/deactivate/": ("302 302 404 404 404", "302 302 404 404 404"),
    "<language>/accounts/2fa/recovery-codes/": ("302 404 404 404 404", "302 405 405 405 405"),
    "<language>/accounts/2fa/recovery-codes/generate/": LEADS_ON,
    "<language>/accounts/2fa/recovery-codes/download/": ("302 404 404 404 404", "302 404 404 404 404"),
    "<language>/accounts/2fa/webauthn/": OWN_PAGE,
    "<language>/accounts/2fa/webauthn/add/": LEADS_ON,
    "<language>/accounts/2fa/webauthn/login/": LEADS_ON,
    "<language>/accounts/2fa/webauthn/reauthenticate/": LEADS_ON,
    "<language>/accounts/2fa/webauthn/keys/<int:pk>/remove/": LEADS_ON,
    "<language>/accounts/2fa/webauthn/keys/<int:pk>/edit/": LEADS_ON,
}  # fmt: skip


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    """Every address of the site, with the language and what is matched in words."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            route = re.sub(r"\^password/reset/key/.*", "password/reset/key/<key>/", route)
            yield re.sub(r"\(\?P<url>.*", "<anything>", re.sub(r"\^\(\?P<app_label>.*", "<app>/", route))


def every_route() -> list[str]:
    """Every address of the site."""
    with override("en"):
        found = [*routes(get_resolver().url_patterns)]
    return [re.sub("^en/", "<language>/", route) for route in found]


@pytest.fixture
def addresses(administrator: Any, reader: Any) -> dict[str, str]:
    """For each route, an address that somebody finds something at."""
    entries = publish_one_of_each()
    theme = entries["theme"]
    publish_change(theme, title_fr="Un thème")
    keys = {name: entry.pk for name, entry in entries.items()}
    keys["entry"], keys["revision"] = theme.pk, newest(theme).pk
    keys["proposal"] = proposal_of(edited(theme, title_ar="باب"), base=newest(theme)).pk
    keys["logentry"] = LogEntry.objects.create(
        user=administrator, action_flag=ADDITION, object_repr="x", change_message=""
    ).pk
    keys["savedfilter"] = drafting.save_filter(
        "cases_case", "A list", "", by=administrator, is_shared=True
    ).pk
    keys["user"], keys["group"] = reader.pk, Group.objects.create(name="Editors").pk
    keys["invitation"] = an_invitation("somebody@example.org", by=administrator).pk
    change = request_address(reader, "new@example.org", by=reader)
    AddressChange.objects.update(token_digest=token_digest("token"))
    keys["addresschange"] = change.pk
    keys["mail"] = write_mail("somebody@example.org", "A subject", "A text").pk
    keys["authenticator"] = Authenticator.objects.create(user=reader, type="totp", data={}).pk
    Invitation.objects.update(token_digest=token_digest("token"))
    token = {"token_digest": token_digest("token"), "confirm_digest": token_digest("token")}
    keys["contribution"] = a_contribution(mail="amal@example.org", **token).pk
    keys["blockedword"] = BlockedWord.objects.create(word="casino", by=administrator).pk
    keys["blockedhost"] = BlockedHost.objects.create(host="spam.example", by=administrator).pk
    keys["senderblock"] = SenderBlock.objects.create(
        sender="a", until=timezone.now(), why="Floods.", by=administrator
    ).pk
    dataset = publish_source(slug="a-dataset", source_type="dataset")
    keys["datasets"] = begin(
        scheme="pax", release="v10", source=dataset, file_name="a.csv", digest="0", by=administrator
    ).pk
    record = ImportedRecord.objects.create(
        scheme="pax", number="1", digest="0", entry_key=entries["case"].pk, batch_id=keys["datasets"]
    )
    keys["record"] = record.pk
    keys["noticepreference"] = NoticePreference.objects.create(account=administrator).pk
    page = ContentType.objects.get_for_model(type(entries["case"]))

    def filled(route: str) -> str:
        route = route.replace(
            "<slug:kind>/<slug:slug>/<int:number>-<slug:language>", f"case/{entries['case'].slug}/1-en"
        )
        parts = route.split("/")
        kind = next((part for part in reversed(parts) if part in keys), "")
        plurals = {name: f"{name}s" for name in entries} | {"term": "glossary", "image": "pictures"}
        usual = "case" if "propose" in parts else "page"
        if "errata" in parts:
            route = route.replace("<slug:slug>", "a-dataset")
        if "datasets" in parts and "take-on" not in parts:
            route = route.replace("<uuid:key>", str(keys["datasets"]))
        singular = next((name for name, plural in plurals.items() if plural in parts), usual)
        for hole, value in {
            "<language>": "en", "<slug:kind>": "case", "<path:at>": "finding", "<path:content_type_id>": page.pk, "<app>": "cases", "<anything>": "nowhere",
            "<path:object_id>": keys["case"] if "r" in parts else keys.get(kind), "<id>": keys.get(kind),
            "<slug:section>": "entries", "<slug:digest>": entries["image"].digest, "<int:width>": 640, "<slug:language>": "ar",
            "<slug:name>": "claim", "<slug:verb>": "decline", "<str:form_key>": "add:case", "<str:place>": f"add:{kind}", "<int:link>": 1, "answers/<int:number>": f"answers/{keys['revision']}", "records/<int:number>": f"records/{keys['record']}", "<int:number>": 1, "<int:key>": keys["revision"],
            "entries/<str:key>": f"entries/{keys['case']}", "vocabularies/<str:name>": "vocabularies/case.outcome",
            "reconciliation/properties": "reconciliation/properties?type=case", "<suggested:what>": "entity",
            "view/<uuid:key>": f"view/{keys['case']}", "preview/<uuid:key>": f"preview/{keys['case']}",
            "<resource:name>": "cases", "<str:key>": entries["case"].slug, "<path:rest>": "nowhere",
            "<ending:ending>": "csv", "<comparison_ending:ending>": "csv", "<ending_of_places:ending>": "geojson",
            "<str:token>": "token", "<key>": "1-x", "<int:pk>": "1",
            "<uuid:key>": keys["contribution" if "contribution" in parts else "case" if {"translations", "take-on", "comments"} & {*parts} else "proposal"], "<slug:slug>": entries[singular].slug,
        }.items():  # fmt: skip
            route = route.replace(hole, str(value))
        return f"/{route}"

    return {route: filled(route) for route in MATRIX}


@pytest.fixture
def clients(administrator: Any, editor: Any, reader: Any) -> list[Client]:
    """Somebody in each of ROLES; the newcomer has a desk but no permission yet."""
    accounts = [None, reader, an_account("newcomer", is_staff=True), editor, administrator]
    signed_in = [Client(raise_request_exception=False) for _role in ROLES]
    for client, account in zip(signed_in, accounts, strict=True):
        if account is not None:
            client.force_login(account)
    return signed_in


def test_every_address_is_in_the_matrix() -> None:
    assert set(every_route()) == set(MATRIX)


def test_an_address_that_is_not_in_the_matrix_is_noticed() -> None:
    planted: list[URLPattern] = [path("en/backdoor/", lambda request: HttpResponse())]

    assert {*routes([*get_resolver().url_patterns, *planted])} - {*routes(get_resolver().url_patterns)} == {
        "en/backdoor/"
    }
    assert "<language>/backdoor/" not in MATRIX


def test_every_kind_of_entry_has_its_desk_in_the_matrix() -> None:
    desks = {f"<language>/admin/{kind._meta.app_label}/{name}/" for name, kind in kinds().items()}

    assert desks <= set(MATRIX)


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_role_gets_what_the_matrix_says(
    addresses: dict[str, str], clients: list[Client], method: str
) -> None:
    got = {}
    for route, address in addresses.items():
        # Whoever signs out is signed out for all that follows.
        if not (route.endswith("logout/") and method == "post"):
            answers = [getattr(client, method)(address) for client in clients]
            got[route] = " ".join(str(answer.status_code) for answer in answers)

    assert got == {route: MATRIX[route][method == "post"] for route in got}
    assert len(got) > 90


def test_everybody_can_sign_out(clients: list[Client]) -> None:
    answers = [client.post("/en/admin/logout/").status_code for client in clients]

    assert " ".join(map(str, answers)) == MATRIX["<language>/admin/logout/"][1]


def test_strangers_are_sent_to_the_sign_in_of_their_language(
    addresses: dict[str, str], clients: list[Client], language: str
) -> None:
    for route, address in addresses.items():
        # A gate to old records leads everybody on, and nobody to the sign-in.
        gates = ("/timegate/", ".png", "view/<uuid:key>")
        if MATRIX[route][0].startswith("302") and not route.endswith(gates):
            there = address.replace("/en/", f"/{language}/", 1)
            for client in clients[:2]:
                answer = client.get(there)

                assert answer.status_code != 302 or answer["Location"].startswith(
                    (
                        f"/{language}/admin/login/?next=/{language}/",
                        f"/{language}/admin/",
                        f"/{language}/accounts/",
                    )
                )


@pytest.mark.parametrize("method", OTHER_METHODS)
def test_no_address_takes_another_method(
    addresses: dict[str, str], clients: list[Client], method: str
) -> None:
    got = {route: getattr(clients[-1], method)(address).status_code for route, address in addresses.items()}

    assert set(got.values()) == {405}


def test_a_form_from_elsewhere_is_refused(addresses: dict[str, str], administrator: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    sending = [route for route in addresses if route.startswith("<language>/a") and "200" in MATRIX[route][1]]

    refused = {route: client.post(addresses[route]).status_code for route in sending}

    assert set(refused.values()) == {403}
