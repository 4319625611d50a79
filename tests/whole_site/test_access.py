"""Who may open what: every address, every role, reading and sending."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, path

from publishing.models.entry import kinds
from tests.factories import an_account
from tests.kept import kept
from tests.rendering import without_html
from tests.whole_site.addresses import addresses_of, every_route, routes
from tests.whole_site.addresses_of_accounts import ACCOUNTS
from tests.whole_site.rights import (
    ADMINISTRATORS,
    BESIDE,
    COPIED,
    DATA,
    EDITORS,
    KINDS,
    LEADS_EDITORS_ON,
    LEADS_ON,
    NOBODY,
    NOT_THERE,
    NOTHING,
    PUBLIC,
    ROLES,
    STAFF,
    Row,
    citations,
    desk,
    history,
    pages_left_out,
    roles_asking,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("remembered")]

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
    "<language>/initiatives/answers/<int:number>/": PUBLIC,
    **citations("initiatives/answers/<int:number>/"),
    "<language>/changes/answers/<int:number>/": PUBLIC,
    **citations("changes/answers/<int:number>/"),
    # Without a question there is nothing that was.
    **{route: ("404 404 404 404 404", PUBLIC[1]) for below in ("cases/compare/answers/<int:number>/", "brief/answers/<int:number>/")
       for route in (f"<language>/{below}", *citations(below))},
    "<language>/brief/answers/<int:number>.docx": ("404 404 404 404 404", PUBLIC[1]),
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
    **DATA,
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
    "<language>/admin/datasets/mappings/": EDITORS,
    "<language>/admin/datasets/mappings/<slug:name>/": EDITORS,
    "<language>/admin/datasets/names/": ("302 302 403 200 200", "302 302 403 404 404"),
    "<language>/admin/datasets/<uuid:key>/": ("302 302 403 200 200", "302 302 403 302 302"),
    "<language>/admin/datasets/names/answered/": ("302 302 403 200 200", "302 302 403 404 404"),
    "<language>/admin/datasets/records/": ("302 302 403 200 200", "302 302 403 405 405"),
    "<language>/admin/datasets/records/<int:number>/": ("302 302 403 200 200", "302 302 403 302 302"),
    "<language>/admin/datasets/take-on/<uuid:key>/": ("302 302 403 200 200", "302 302 403 302 302"),
    "<language>/admin/translations/": ("302 302 403 200 200", "302 302 403 405 405"),
    "<language>/admin/comments/<uuid:key>/": ("302 302 404 200 200", "302 302 404 404 404"),
    "<language>/admin/translations/next/<slug:language>/": ("302 302 403 200 200", "302 302 403 302 302"),
    "<language>/admin/practice/": ("302 302 405 405 405", "302 302 404 302 302"),
    "<language>/admin/translations/<uuid:key>/<slug:language>/": EDITORS,
    "<language>/admin/cases/actor/<path:object_id>/merge/": EDITORS,
    "<language>/admin/sources/source/<path:object_id>/merge/": EDITORS,
    **dict.fromkeys((f"<language>/admin/{kind}/alike/" for kind in KINDS), EDITORS),
    **dict.fromkeys((f"<language>/admin/{kind}/add/from/" for kind in COPIED), EDITORS),
    "<language>/admin/sources/source/from/": EDITORS,
    **dict.fromkeys((f"<language>/admin/{kind}/beside/<str:key>/<slug:language>/" for kind in KINDS), BESIDE),
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
    **ACCOUNTS,
}  # fmt: skip


@kept
def administrator() -> Any:
    """Somebody who may do everything."""
    return an_account("administrator", is_staff=True, is_superuser=True)


@kept
def reader() -> Any:
    """Somebody with an account that may do nothing."""
    return an_account("reader", is_staff=False)


@kept
def addresses(administrator: Any, reader: Any) -> dict[str, str]:
    """For each route, an address that somebody finds something at."""
    return addresses_of(MATRIX, administrator, reader)


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
    got, wanted = {}, {}
    for number, (route, address) in enumerate(addresses.items()):
        left_out = pages_left_out(route, MATRIX[route], method, number)
        for role in roles_asking(route, MATRIX[route], method, number):
            at = ROLES.index(role)
            with without_html() if role in left_out else nullcontext():
                got[route, role] = str(getattr(clients[at], method)(address).status_code)
            wanted[route, role] = MATRIX[route][method == "post"].split()[at]

    assert got == wanted
    assert {role for _route, role in got} == {*ROLES}
    assert len({route for route, _role in got}) > 90


def test_everybody_can_sign_out(clients: list[Client]) -> None:
    answers = [str(client.post("/en/admin/logout/").status_code) for client in clients]

    assert " ".join(answers) == MATRIX["<language>/admin/logout/"][1]


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
                at_the_sign_in = (f"/{language}/admin/", f"/{language}/accounts/")
                assert answer.status_code != 302 or answer["Location"].startswith(at_the_sign_in)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
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
