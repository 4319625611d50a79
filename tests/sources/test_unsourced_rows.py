"""Rows that no source supports are named one by one, so that each can be found in the form."""

import pytest
from django.utils.translation import override

from sources.rules import unsourced_key_facts
from tests.factories import newest, publish_actor, publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    "language, names",
    [
        ("en", ["Participation “Black Duke (Guarantor)”", "Participation “Rudolf (Signatory)”"]),
        ("ar", ["مشاركة «الدوق الأسود (ضامن)»", "مشاركة «رودولف (موقِّع)»"]),
        (
            "fr",
            [
                "Participation «\u00a0Duc noir (Garant)\u00a0»",
                "Participation «\u00a0Rodolphe (Signataire)\u00a0»",
            ],
        ),
    ],
)
def test_rows_without_a_source_are_named_in_the_order_of_the_page(language: str, names: list[str]) -> None:
    duke = publish_actor(title_en="Black Duke", title_ar="الدوق الأسود", title_fr="Duc noir")
    rudolf = publish_actor(title_en="Rudolf", title_ar="رودولف", title_fr="Rodolphe")
    rows = [
        {"actor": rudolf, "role": "signatory", "position": 1},
        {"actor": duke, "role": "guarantor", "position": 0},
    ]
    case = publish_case(rows={"participation": rows})

    with override(language):
        told = [
            str(one.message)
            for one in unsourced_key_facts(newest(case).snapshot)
            if "participation" in one.about
        ]

    assert [name in message for name, message in zip(names, told, strict=True)] == [True, True]
