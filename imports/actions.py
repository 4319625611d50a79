"""What changes a batch: it is begun, goes on, is accepted or cancelled. And who is meant by a name."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Actor
from imports.building import Target
from imports.models import READING, ActorName, ImportBatch, ImportedRecord, ImportFile, ImportNote, Mapping
from imports.planning import Plan, Planned
from imports.reading import Table
from imports.vocabulary import Answer, BatchState, Fate
from publishing.actions.many_proposals import Accepted, accept_all, propose_all, withdraw_all
from publishing.models import Proposal
from publishing.rules import Refusal
from publishing.vocabulary import Language
from search.folding import folded
from sources.models import Source

PIECE = 512 * 1024
# So many proposals are accepted, or withdrawn, in one go.
AT_ONCE = 200


def digest_of(path: Path) -> str:
    """SHA-256 of the file."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


@transaction.atomic
def begin(
    *,
    scheme: str,
    release: str,
    source: Source,
    file_name: str,
    digest: str,
    by: Any,
    rows: int = 0,
    mapping: Mapping | None = None,
    content: IO[bytes] | None = None,
    state: BatchState = BatchState.RUNNING,
) -> ImportBatch:
    """A new batch; content: the file, kept until the batch has ended, for the worker.

    Raises Refusal where its mapping was deleted meanwhile.
    """
    if mapping is not None:
        lock_mapping(mapping)
    batch = ImportBatch.objects.create(
        scheme=scheme,
        release=release,
        source=source,
        mapping=mapping,
        file_name=file_name[:200],
        digest=digest,
        state=state,
        rows=rows,
        by=by,
    )
    if content is not None:
        number = 0
        while piece := content.read(PIECE):
            ImportFile.objects.create(batch=batch, number=number, content=zlib.compress(piece))
            number += 1
    return batch


def lock_mapping(mapping: Mapping) -> Mapping:
    """The mapping as it is now, and until the transaction ends; raises Refusal where it is gone."""
    locked = Mapping.objects.select_for_update().defer("sample").filter(pk=mapping.pk).first()
    if locked is None:
        raise Refusal("mapping_gone", _("This mapping was deleted meanwhile."))
    return locked


def unfinished(*, digest: str, scheme: str, release: str) -> ImportBatch | None:
    """The batch of the same file that was broken off."""
    found = ImportBatch.objects.filter(
        digest=digest, scheme=scheme, release=release, state=BatchState.RUNNING, pieces=None
    )
    return found.first()


def write_file(batch: ImportBatch, to: IO[bytes]) -> None:
    """Write the kept file of the batch."""
    for piece in batch.pieces.order_by("number").values_list("content", flat=True).iterator(chunk_size=4):
        to.write(zlib.decompress(piece))
    to.flush()


def plan_for(batch: ImportBatch, scheme: Any) -> Plan:
    """The plan of the batch."""
    return Plan(Target(scheme, batch.release, batch.source_id), scheme.name)


def go_on(batch: ImportBatch, plan: Plan, table: Table) -> Iterator[int]:
    """Check, or propose, what is left of the table; yields the rows dealt with after each transaction.

    A batch that is broken off between two of them goes on where it was: what was proposed, was counted.
    """
    for planned in plan.of(table, after=batch.done):
        if not _store(batch, planned, plan):
            return
        yield batch.read
    ended = BatchState.CHECKED if batch.state == BatchState.CHECKING else BatchState.DONE
    with transaction.atomic():
        ImportBatch.objects.filter(pk=batch.pk, state=batch.state).update(
            state=ended, ended_at=timezone.now(), rows=F("proposed") + F("unchanged") + F("reported")
        )
        if ended == BatchState.DONE:
            batch.pieces.all().delete()
    batch.refresh_from_db()


@transaction.atomic
def _store(batch: ImportBatch, planned: Sequence[Planned], plan: Plan) -> bool:
    """Store what becomes of some records; False where the batch was cancelled meanwhile."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in READING or locked.state != batch.state or locked.done != batch.done:
        batch.state = locked.state
        return False
    if batch.state == BatchState.RUNNING:
        _propose(batch, plan, planned)
    _keep_notes(batch, planned)
    rows = {fate: sum(len(one.record.rows) for one in planned if one.fate == fate) for fate in Fate}
    batch.done += len(planned)
    batch.proposed += rows[Fate.PROPOSED]
    batch.unchanged += rows[Fate.UNCHANGED]
    batch.reported += rows[Fate.REPORTED]
    batch.rows = max(batch.rows, batch.read)
    batch.save(update_fields=["done", "proposed", "unchanged", "reported", "rows"])
    return True


def _propose(batch: ImportBatch, plan: Plan, planned: Sequence[Planned]) -> None:
    wanted = [one for one in planned if one.fate == Fate.PROPOSED and one.snapshot is not None]
    proposals = propose_all(
        [(one.snapshot, one.base) for one in wanted if one.snapshot is not None],
        by=batch.by,
        note=_note(plan.target),
        note_language=Language.ENGLISH,
    )
    _keep_records(batch, plan, wanted, proposals)
    ask_names(plan.target.scheme.actors, [asked for one in wanted for asked in one.record.asked])


def _keep_notes(batch: ImportBatch, planned: Sequence[Planned]) -> None:
    ImportNote.objects.bulk_create(
        ImportNote(
            batch=batch,
            row=note.row,
            column=note.column,
            problem=note.problem,
            value=note.value,
            refuses=note.refuses,
        )
        for one in planned
        if one.fate != Fate.UNCHANGED
        for note in one.record.notes
    )


def _note(target: Target) -> str:
    """The public note of what is proposed."""
    name = f"{target.scheme.label} {target.release}".strip()
    return f"{name}: read from the dataset, not reviewed."


def _keep_records(
    batch: ImportBatch, plan: Plan, wanted: Sequence[Planned], proposals: Sequence[Proposal]
) -> None:
    records = [
        ImportedRecord(
            scheme=plan.stored_as,
            number=one.record.number,
            release=batch.release,
            digest=one.digest,
            proposal=proposal,
            entry_key=one.case,
            batch=batch,
        )
        for one, proposal in zip(wanted, proposals, strict=True)
    ]
    ImportedRecord.objects.bulk_create(
        records,
        update_conflicts=True,
        unique_fields=["scheme", "number"],
        update_fields=["release", "digest", "proposal", "entry_key", "batch"],
    )


def ask_names(catalogue: str, asked: Iterable[tuple[str, str]]) -> None:
    """Keep names, with their numbers, of which nobody has said who is meant; each is asked once."""
    counted: dict[tuple[str, str], int] = {}
    spelled: dict[tuple[str, str], str] = {}
    for number, name in asked:
        key = (number, (folded(name) or number)[:250])
        counted[key] = counted.get(key, 0) + 1
        spelled.setdefault(key, (name or number)[:200])
    known = ActorName.objects.filter(catalogue=catalogue, folded__in=[name for _number, name in counted])
    kept = {(one.number, one.folded): one for one in known}
    for key, one in kept.items():
        one.records += counted.pop(key, 0)
    ActorName.objects.bulk_update(kept.values(), ["records"])
    ActorName.objects.bulk_create(
        ActorName(
            catalogue=catalogue, number=number, name=spelled[number, name], folded=name, records=records
        )
        for (number, name), records in counted.items()
    )


def answer_name(name: ActorName, *, actor: Actor | None, by: Any) -> ActorName:
    """Remember who is meant: the actor, or nobody in the casebook."""
    name.answer = Answer.ACTOR if actor else Answer.NOBODY
    name.actor, name.by, name.answered_at = actor, by, timezone.now()
    name.save()
    return name


def reopen_name(name: ActorName) -> ActorName:
    """Ask again who is meant."""
    name.answer, name.actor, name.by, name.answered_at = Answer.OPEN, None, None, None
    name.save()
    return name


# --- its proposals -----------------------------------------------------------------------------


def accept_next(batch: ImportBatch, *, by: Any) -> Accepted | None:
    """Accept the next proposals of the batch; None where none is left."""
    records = batch.records.filter(pk__gt=batch.accepted_until).waiting()
    some = list(records.select_related("proposal")[:AT_ONCE])
    if not some:
        ImportBatch.objects.filter(pk=batch.pk, state=BatchState.ACCEPTING).update(state=BatchState.DONE)
        return None
    result = accept_all([one.proposal for one in some if one.proposal], by=by)
    batch.accepted += result.done
    batch.accepted_until = some[-1].pk
    batch.save(update_fields=["accepted", "accepted_until"])
    return result


def begin_accepting(batch: ImportBatch, *, by: Any) -> None:
    """Let the worker accept all that wait, as `by` would."""
    ImportBatch.objects.filter(pk=batch.pk, state=BatchState.DONE).update(
        state=BatchState.ACCEPTING, accepted_by=by, accepted_until=0
    )


@transaction.atomic
def start(batch: ImportBatch) -> None:
    """Let the worker read a checked batch into proposals, or one that failed once more from the beginning."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state not in (BatchState.CHECKED, BatchState.FAILED):
        return
    is_checked = locked.state == BatchState.CHECKED
    read_again(locked, BatchState.RUNNING if is_checked else BatchState.CHECKING)


def read_again(batch: ImportBatch, state: BatchState) -> None:
    """Let the worker check the batch, or read it into proposals, from the beginning of its file."""
    batch.state, batch.why = state, ""
    batch.done = batch.proposed = batch.unchanged = batch.reported = 0
    batch.ended_at = None
    batch.save()
    batch.notes.all().delete()


def fail(batch: ImportBatch, why: str) -> None:
    """Say why the batch cannot be read to its end; what was proposed of it stays."""
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.FAILED, why=why, ended_at=timezone.now())


def cancel(batch: ImportBatch, *, by: Any) -> int:
    """End the batch and withdraw what still waits of it, so that it can be imported again; says how many."""
    ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.CANCELLED, ended_at=timezone.now())
    number = 0
    while some := list(batch.records.waiting().select_related("proposal")[:AT_ONCE]):
        withdrawn = {one.pk for one in withdraw_all([each.proposal for each in some if each.proposal], by=by)}
        if not withdrawn:
            break
        batch.records.filter(proposal__in=withdrawn).delete()
        number += len(withdrawn)
    batch.pieces.all().delete()
    return number
