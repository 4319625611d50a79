"""Records releases, so that they stay listed, and where the files of one are: an address, and a DOI."""

from django.core.exceptions import ValidationError
from django.db import transaction

from publishing.actions.steps import lock_publishing
from publishing.models import Release
from publishing.models.release import ADDRESS, DOI
from publishing.refusals import Refusal


@transaction.atomic
def record_release(release: Release) -> Release:
    """List the release for ever. Raises Refusal where it is listed, or is no longer what is public."""
    head = lock_publishing()
    if Release.objects.filter(head=release.head).exists():
        raise Refusal("recorded", "This release is recorded already: nothing was published since.")
    if head.digest != release.head:
        raise Refusal("published", "Somebody published since the release was written. Write it again.")
    release.save(force_insert=True)
    return release


@transaction.atomic
def record_doi(version: str, doi: str) -> Release:
    """Note the DOI of a release. Raises Refusal where there is no such release, or no such DOI."""
    release = _listed(version)
    try:
        DOI(doi)
    except ValidationError as error:
        raise Refusal("no_doi", str(error.message)) from error
    release.doi = doi
    release.save(update_fields=["doi"])
    return release


@transaction.atomic
def record_files(version: str, address: str) -> Release:
    """Note where the files of a release are. Raises Refusal where there is no such release, or no address."""
    release = _listed(version)
    try:
        ADDRESS(address)
        release.files = address
        release.clean_fields(exclude=[one.name for one in Release._meta.fields if one.name != "files"])
    except ValidationError as error:
        raise Refusal("no_address", " ".join(error.messages)) from error
    release.save(update_fields=["files"])
    return release


def _listed(version: str) -> Release:
    release = Release.objects.select_for_update().filter(version=version).first()
    if release is None:
        raise Refusal("no_release", f"There is no release {version}.")
    return release
