"""Each link to the public form on a page has a name of its own."""

import re
from collections import defaultdict

import pytest
from django.test import Client

from config.env import ROOT
from tests.factories import (
    key,
    publish_actor,
    publish_case,
    publish_initiative,
    publish_pillar,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def names_of_pencils(page: str) -> dict[str, set[str]]:
    """Where the links of each name lead."""
    found = defaultdict(set)
    for address, inner in re.findall(
        r'<a class="suggest[^"]*" href="([^"]+)"[^>]*>(.*?)</a>', page, re.DOTALL
    ):
        found[" ".join(re.sub(r"<[^>]+>", "", inner).split())].add(address)
    return found


@pytest.mark.parametrize("language", ["en", "ar", "fr"])
def test_no_two_pencils_of_a_page_share_a_name(client: Client, language: str) -> None:
    actor, section, other = publish_actor(title_en="Türkiye"), key(), key()
    provision = key()
    case = publish_case(
        title_en="Lebanon 2008",
        rows={
            "participation": [{"actor": actor}, {"actor": actor, "role": "mediator"}],
            "provision": [{"id": provision}, {}, {}],
            "assessment": [{"provision": provision}, {"provision": provision, "assessed_on": "2021"}],
            "event": [{"title_en": "Talks"}, {"title_en": "Talks"}],
            "breach": [{}, {}, {"began_on": "2020-01"}],
        },
    )
    initiative = publish_initiative(
        rows={
            "funding": [{"actor": actor}, {"actor": actor, "pledged": None, "disbursed": "5.00"}, {}, {}],
            "result": [{}, {}],
            "partner": [{"actor": actor}, {"actor": actor, "role": "implementer"}],
        }
    )
    pillar = publish_pillar(
        rows={
            "section": [{"id": section}, {"id": other, "anchor": "other", "heading_en": "Monitoring"}],
            "evidence": [{"section": one, "entry": case} for one in (section, other)],
        }
    )

    for entry in (case, initiative, pillar):
        names = names_of_pencils(client.get(f"/{language}{entry.get_absolute_url()[3:]}").content.decode())

        assert names
        assert {name: places for name, places in names.items() if len(places) > 1} == {}, entry


def test_a_pencil_says_which_money_it_is_about(client: Client) -> None:
    initiative = publish_initiative(rows={"funding": [{"actor": publish_actor(title_en="Türkiye")}]})

    names = names_of_pencils(client.get(initiative.get_absolute_url()).content.decode())

    assert "Suggest a correction (Money: Türkiye, pledged)" in names


def test_pencils_and_the_sign_are_seen_in_forced_colours() -> None:
    style = (ROOT / "static/css/casebook/20_forced_colors.css").read_text(encoding="utf-8")

    for selector in (".suggest.icon::before", ".brand .sign"):
        rule = style.partition(selector)[2].partition("}")[0]
        assert "LinkText" in rule
        assert "forced-color-adjust: none" in rule
