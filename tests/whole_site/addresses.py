"""Every route of the site, and an address of each at which there is something."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from django.utils.translation import override

from accounts.account_changes import request_address
from accounts.actions import write_mail
from accounts.models import AddressChange, Invitation
from contributions.models import BlockedHost, BlockedWord, NoticePreference, SenderBlock
from imports.actions import begin
from imports.models import ImportedRecord, Mapping
from publishing.actions import drafting
from publishing.tokens import token_digest
from tests.factories import (
    a_contribution,
    an_invitation,
    edited,
    newest,
    proposal_of,
    publish_change,
    publish_one_of_each,
    publish_source,
)


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


def addresses_of(every: Iterable[str], administrator: Any, reader: Any) -> dict[str, str]:
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
    Mapping.objects.create(name="claim", sample={"columns": [], "rows": [], "of": 0})
    keys["record"] = ImportedRecord.objects.create(
        scheme="pax", number="1", digest="0", entry_key=entries["case"].pk, batch_id=keys["datasets"]
    ).pk
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
            "<slug:name>": "claim", "<slug:verb>": "decline", "<str:form_key>": "add:case", "beside/<str:key>": f"beside/add:{kind}", "<int:link>": 1, "answers/<int:number>": f"answers/{keys['revision']}", "records/<int:number>": f"records/{keys['record']}", "<int:number>": 1, "<int:key>": keys["revision"],
            "entries/<str:key>": f"entries/{keys['case']}", "vocabularies/<str:name>": "vocabularies/case.outcome",
            "reconciliation/properties": "reconciliation/properties?type=case", "<suggested:what>": "entity",
            "view/<uuid:key>": f"view/{keys['case']}", "preview/<uuid:key>": f"preview/{keys['case']}",
            "<resource:name>": "cases", "<str:key>": entries["case"].slug, "<path:rest>": "nowhere",
            "<str:token>": "token", "<key>": "1-x", "<int:pk>": "1",
            "<uuid:key>": keys["contribution" if "contribution" in parts else "case" if {"translations", "take-on", "comments"} & {*parts} else "proposal"], "<slug:slug>": entries[singular].slug,
        }.items():  # fmt: skip
            route = route.replace(hole, str(value))
        return f"/{route}"

    return {route: filled(route) for route in every}
