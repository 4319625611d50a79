"""A box for an entry says why what was typed is not taken: how many are called so, and how many only hold it."""

import pytest
from django.core.exceptions import ValidationError

from cases.models import Case
from publishing.named_entries import NamedEntryField
from tests.factories import publish_case

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.mark.parametrize(
    "typed, said, meant",
    [
        ("nobody", "Nothing here has that name.", 0),
        ("The accord", "Several have that name. Choose one of them.", 2),
        ("puz", "Nothing here has exactly that name. One name holds it: is it meant?", 1),
        ("acc", "Nothing here has exactly that name. Several names hold it: choose one of them.", 2),
    ],
)
def test_a_name_is_told_from_a_part_of_one(typed: str, said: str, meant: int) -> None:
    for slug, title in (("one", "The accord"), ("other", "The accord"), ("third", "A puzzle")):
        publish_case(slug=slug, title_en=title)
    box = NamedEntryField(entries=Case.objects.all)

    with pytest.raises(ValidationError) as refused:
        box.clean(typed)

    assert refused.value.messages == [said]
    assert len(box.meant) == meant
