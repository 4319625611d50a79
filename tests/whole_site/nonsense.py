"""What no reader means and somebody sends: queries, addresses, keys and forms."""

import itertools

import pytest

from tests.whole_site.reading import corpus

# Pages on which a query means little or nothing: each gets some of the nonsense.
IN_TURN = itertools.cycle(
    (
        "/fr/initiatives/",
        "/ar/cases/map/",
        "/fr/cases/timeline/",
        "/en/cases/figures/",
        "/ar/brief/",
        "/ar/changes/",
        "/en/sources/",
        "/fr/actors/",
        "/en/themes/",
        "/ar/glossary/",
        "/ar/pillars/",
        "/fr/",
    )
)

PLAIN = {200, 400, 404}
LONG = "a" * 100_000
QUERIES = {
    "numbers in words": "since=two&until=thousand&page=three",
    "years of other kinds": "since=2e3&until=2020.5",
    "years too great": "since=99999999999999999999&until=-1",
    "the year nought": "since=0&until=0",
    "years turned round": "since=2020&until=1990",
    "Arabic digits": "since=%D9%A2%D9%A0%D9%A2%D9%A0",
    "unknown words": "ceasefire_class=x&outcome=y&country=z&actor=w&role=v&theme=u&order=t",
    "actors by key": "actor=00000000-0000-0000-0000-000000000000",
    "a list as a word": "outcome[]=holding&outcome[0]=holding",
    "a page far below": "page=-1" + "0" * 30,
    "a page far above": "page=1" + "0" * 30,
    "digits without end": "page=" + "9" * 5_000,
    "a year without end": "since=" + "9" * 5_000,
    "no page": "page=",
    "repeated": "&".join(["outcome=holding", "outcome=collapsed", "country=libya", "country=lebanon"] * 50),
    "a huge value": f"country={LONG}&outcome={LONG}&since={LONG}",
    "many parameters": "&".join(f"p{number}=1" for number in range(900)),
    "too many parameters": "&".join(f"p{number}=1" for number in range(1_500)),
    "a null byte": "country=a\x00b&outcome=\x00&since=\x00&page=\x00",
    "an encoded null byte": "country=a%00b&outcome=%00&since=20%0020&page=%00&actor=%00&theme=%00&order=%00",
    "bytes that are no text": "country=%ff%fe&outcome=%C0%80&page=%ff",
    "half a character": "country=%E0%A4%A&actor=%ED%A0%80",
    "broken percent signs": "country=%&outcome=%zz&page=%%%",
    "lookups": "outcome__in=holding,collapsed&countries__slug=libya&pk__gt=0",
    "marks that reorder": "country=%E2%80%AE&actor=%E2%80%8B",
    "only marks": "&&&===;;;???",
}
PATHS = {
    "a slug that is none": "/en/cases/…/",
    "an absurd slug": "/en/cases/" + "-" * 200 + "/",
    "an overlong slug": f"/ar/cases/{'a' * 2_000}/",
    "an overlong path": f"/fr/{'a/' * 3_000}",
    "a null byte": "/en/cases/libya%00-2020/",
    "bytes that are no text": "/en/cases/%ff%fe/",
    "bytes that are no text, in no list": "/fr/%ff",
    "a path upwards": "/en/cases/../../etc/passwd",
    "an encoded path upwards": "/en/cases/%2e%2e%2f%2e%2e%2fetc%2fpasswd/",
    "twice the slash": "/en//cases//libya-2020/",
    "another host": "//evil.example/en/",
    "an encoded slash first": "/%2f%2fevil.example/",
    "a backslash": "/en/%5c%5cevil.example/",
    "a line break": "/en/cases/%0d%0aSet-Cookie:x/",
    "marks that reorder": "/ar/cases/%E2%80%AE/",
    "a script": "/en/<script>alert(1)</script>/",
    "an unknown language": "/de/cases/",
    "a language of many parts": "/en-gb-oed/cases/",
    "a file": "/.env",
}
GARBAGE = [
    "x",
    "0",
    "-1",
    pytest.param("9" * 40, marks=pytest.mark.every_database),
    "1.5",
    pytest.param("%00", marks=pytest.mark.every_database),
    "a%00b",
    "%ff",
    "None",
    "..",
    pytest.param("a" * 3_000, marks=pytest.mark.every_database),
    "<script>",
    "_5F",
    "_",
]
DESKS = {
    "cases/case": "outcome__exact=x&countries__id__exact=x&missing=zz&sourcing=x&due=x&q=%00&o=9.9.9&p=-1",
    "cases/actor": "actor_type__exact=zz&q=%27%22%25&o=x&p=99999999999999999999",
    "cases/initiative": "main_theme__id__exact=nope&countries__id__exact=%00&q=" + "a " * 300,
    "sources/source": "language__exact=xx&reliability__exact=&q=%ff&all=x&_popup=x&_to_field=password",
    "pillars/pillar": "slug__contains=x&author__password__startswith=a&p=x",
    "publishing/entry": "state__exact=x&kind__exact=x&entry__id=x&due=%00",
    "publishing/revision": "entry__id__exact=x&created_at__gte=never&created_at__lt=%00",
    "publishing/proposal": "state__exact=zz&kind__exact=x&author__id__exact=99999999999999999999999",
    "auth/user": "is_staff__exact=maybe&groups__id__exact=x&password__startswith=p",
    "admin/logentry": "action_time__gte=x&content_type__id__exact=99999999999999999999",
}
AUTOCOMPLETE = [
    "",
    "app_label=x",
    "app_label=cases&model_name=case&field_name=themes&page=x",
    "app_label=cases&model_name=case&field_name=slug",
    "app_label=cases&model_name=%00&field_name=x",
    "app_label=cases&model_name=participation&field_name=actor&term=%00&page=-1",
    "app_label=cases&model_name=participation&field_name=actor&term=" + "a " * 500,
    "app_label=auth&model_name=user&field_name=password&term=a",
    "app_label=pillars&model_name=evidence&field_name=entry&term=%ff&page=99999999999999999999999",
]
FORMS = {
    "no number": {"based_on": "x"},
    "a great number": {"based_on": "9" * 50},
    "Arabic digits": {"based_on": "\u0663"},
    "no number of rows": {"based_on": "1", "claims-TOTAL_FORMS": "x"},
    "fewer rows than none": {"claims-TOTAL_FORMS": "1", "claims-INITIAL_FORMS": "-1"},
    "null bytes": {"title_en": "a\x00b", "slug": "\x00"},
}
HOSTILE = {row["id"]: row["input"][1:] for row in corpus("query_params")}
# What a database may choke on, where it gets there: numbers too great, bytes that are no text, its own signs.
QUERIES_TO_DATABASES = ["years too great", "a page far above", "a year without end", "a huge value",
                        "an encoded null byte", "bytes that are no text", "half a character"]  # fmt: skip
PATHS_TO_DATABASES = ["an overlong slug", "a null byte", "bytes that are no text", "marks that reorder"]
HOSTILE_TO_DATABASES = [
    f"query_params-{number:03}" for number in (15, 18, 32, 38, 39, 49, 61, 62, 67, 68, 70, 86)
]
