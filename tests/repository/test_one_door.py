"""Content is written in one place; everything else calls it."""

import ast

import pytest

from config.env import ROOT

DOOR = (
    *("publishing/actions/", "publishing/duplicates/actions.py"),
    *(
        "publishing/snapshots/tables.py",
        "publishing/snapshots/rows.py",
        "publishing/snapshots/many.py",
        "publishing/translations/bookkeeping.py",
    ),
    *("publishing/names.py", "publishing/search_documents.py", "publishing/writing.py"),
)
WRITES = {
    *("abulk_create", "abulk_update", "acreate", "adelete", "asave", "aupdate", "bulk_create", "bulk_update"),
    *("create", "delete", "execute", "executemany", "get_or_create", "_raw_delete", "save", "save_base"),
    *("update", "update_or_create"),
}
# Those of publishing.writing, by whatever way they are called.
STATEMENTS = {
    "change_row",
    "change_rows",
    "delete_rows",
    "insert_missing",
    "insert_row",
    "insert_rows",
    "put_rows",
}
# For each file the writes that it may call, because they are not content or are rolled back.
ALLOWED = {
    # Invitations, accounts, groups and mail are in no snapshot.
    "accounts/actions.py": {
        *("EmailAddress.objects.create", "Invitation.objects.create", "invitation.save"),
        *("Mail.objects.create", "Mail.objects.delete", "Mail.objects.update"),
    },
    "accounts/account_changes.py": {
        *("AddressChange.objects.create", "AddressChange.objects.update", "EmailAddress.objects.create"),
        *("EmailAddress.objects.delete", "account.save", "change.save", "factor.delete", "removal.save"),
    },
    # What belongs to a contribution besides the proposal, and protection against abuse: in no snapshot.
    "contributions/abuse/rate_limits.py": {
        *("DailyKey.objects.bulk_create", "RateCounter.objects.bulk_create"),
        *("rows.delete", "counters.update"),
    },
    "contributions/actions/deciding.py": {
        *("Approval.objects.create", "Message.objects.create", "SenderBlock.objects.create"),
    },
    "contributions/actions/erasing.py": {"Contribution.objects.update", "contribution.messages.delete"},
    "contributions/actions/following.py": {
        *("Contribution.objects.update", "Message.objects.create", "contribution.save"),
    },
    "contributions/actions/improving.py": {"Improvement.objects.get_or_create"},
    "contributions/actions/sender_sources.py": {"contribution.save"},
    "contributions/actions/checking_links.py": {"SentLinkCheck.objects.get_or_create"},
    "contributions/actions/notices.py": {"NoticePreference.objects.get_or_create", "preference.save"},
    "contributions/actions/sending.py": {
        *("UsedToken.objects.create", "UsedToken.objects.update", "contribution.save"),
    },
    "contributions/actions/notifying.py": {"not_notified.update"},
    # Makes and drops indexes.
    "publishing/migration_operations.py": {"schema_editor.execute"},
    # Keeps the text that proposals are found by.
    "publishing/models/proposal.py": {"super().save"},
    # SELECT alone: statements that are compiled once.
    "publishing/statements.py": {"cursor.execute"},
    "publishing/snapshots/at_once.py": {"cursor.execute"},
    # SELECT alone: numbers that no queryset can ask for at once.
    "publishing/models/counting.py": {"cursor.execute"},
    "cases/roles.py": {"cursor.execute"},
    # Asks PostgreSQL for the name of its schema.
    "publishing/snapshots/shadows.py": {"cursor.execute"},
    # SELECT alone, and the index that the database makes of documents.
    "publishing/search_index.py": {"cursor.execute"},
    "search/engines/postgresql.py": {"cursor.execute"},
    "search/engines/sqlite.py": {"cursor.execute"},
    # Draws a card into bytes.
    "portal/cards/drawing.py": {"picture.save"},
    # Copies the database of SQLite, to read the copy.
    "publishing/management/commands/verify.py": {"cursor.execute"},
    # Reads the whole database into a backup, and whether a file is a database.
    "portal/backups/databases.py": {"copy.execute", "cursor.execute", "opened.execute"},
    "portal/management/commands/backup.py": {"backups.save"},
    # Nobody stays signed in from the time of the backup.
    "portal/management/commands/restore.py": {"Session.objects.delete"},
    # Asks the database, before it starts, whether it answers and fits.
    "config/surroundings.py": {"cursor.execute"},
    # Frees the places of downloads, which are counted in the cache.
    "exchange/limits.py": {"cache.delete"},
    # SELECT alone: statements that are compiled once for a table.
    "exchange/stored.py": {"cursor.execute"},
    # Writes a release into a file of its own.
    "exchange/releases/writing.py": {"database.execute", "database.executemany"},
    # Numbers the transactions that write, and asks again what pages asked; of files that are shared, one's turn.
    "portal/page_cache/changes.py": {
        *("cursor.execute", "ContentChange.objects.delete"),
    },
    "portal/page_cache/questions.py": {"cursor.execute"},
    "portal/page_cache/shared.py": {"self.cache.delete"},
    # Asks by a connection that cannot write.
    "portal/page_cache/at_once.py": {"opened.execute", "self._connection.execute"},
    # Mappings say how tables are read: in no snapshot.
    "imports/mapping_actions.py": {"Mapping.objects.create", "mapping.delete", "mapping.save"},
    # Batches of imports, what became of their records, and answers about names: in no snapshot.
    "imports/actions.py": {
        *("ActorName.objects.bulk_create", "ImportBatch.objects.create", "ImportBatch.objects.update"),
        *(
            "ImportFile.objects.create",
            "ImportNote.objects.bulk_create",
            "ImportedRecord.objects.bulk_create",
        ),
        *("batch.pieces.delete", "batch.records.delete", "batch.save", "name.save"),
        *("ActorName.objects.bulk_update", "batch.notes.delete"),
    },
    # The account that signs synthetic cases, on a developer's machine.
    "portal/management/commands/make_cases.py": {"get_user_model().objects.get_or_create"},
    # Sets how SQLite keeps its journal, how long it waits, and empties its log.
    "config/sqlite/base.py": {"cursor.execute", "self.connection.execute"},
    # Writes a document to memory.
    "cases/brief_documents.py": {"self.document.save"},
    # Writes a picture to memory.
    "sources/pictures.py": {"picture.save"},
    # Records how links answered: facts about the web, in no snapshot.
    "sources/actions.py": {"LinkCheck.objects.create", "checks.delete"},
}


def test_only_the_door_writes():
    found = {str(file.relative_to(ROOT)): written(file.read_text(encoding="utf-8")) for file in sources()}

    elsewhere = {
        file: calls for file, calls in found.items() if {name for name, _ in calls} - ALLOWED.get(file, set())
    }

    assert elsewhere == {}


def test_the_list_of_allowed_writes_has_no_unused_items():
    stale = {
        file: names - {name for name, _ in written((ROOT / file).read_text(encoding="utf-8"))}
        for file, names in ALLOWED.items()
    }

    assert {file: names for file, names in stale.items() if names} == {}


@pytest.mark.parametrize(
    "code",
    [
        "case.save()",
        "Case.objects.create(title_en='x')",
        "Case.objects.filter(pk=1).update(title_en='x')",
        "Case.objects.filter(pk=1).update(**values)",
        "Case.objects.all().delete()",
        "Case.objects.bulk_create(rows)",
        "Case.objects.get_or_create(slug='x')",
        "queryset._raw_delete(queryset.db)",
        "cursor.execute('DELETE FROM cases_case')",
        "change_row(case, 'title_en')",
        "writing.put_rows(rows, unique=('id',), change=('title_en',))",
    ],
)
def test_a_second_door_is_noticed(code):
    assert written(code)


@pytest.mark.parametrize(
    "code", ["Case.objects.update(title_en='x')", "Case.objects.create()", "case.save()"]
)
def test_allowed_writes_do_not_include_content(code):
    assert not {call for call, _ in written(code)} & set().union(*ALLOWED.values())


@pytest.mark.parametrize(
    "code", ["attrs.update({'dir': 'auto'})", "seen.update(others)", "actions.publish(one, by=me)"]
)
def test_what_writes_no_table_passes(code):
    assert written(code) == []


def sources():
    """Every Python file of the project, except the door, migrations and tests."""
    for file in sorted(ROOT.glob("*/**/*.py")):
        parts = file.relative_to(ROOT).parts
        if parts[0] in {".venv", "var", "tests"} or "migrations" in parts or "/".join(parts).startswith(DOOR):
            continue
        yield file


def written(code):
    """The calls, as (what is written and the method, line), that write to the database.

    An update of a dictionary or a set takes a positional argument, that of a queryset none.
    """
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    methods = [
        call
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr in WRITES | STATEMENTS
    ]
    functions = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in STATEMENTS]
    return [
        (f"{_receiver(one)}.{one.func.attr}", one.lineno)
        for one in methods
        if not (one.func.attr == "update" and one.args)
    ] + [(one.func.id, one.lineno) for one in functions]


def _receiver(call):
    """The start of the chain of calls: "Case.objects" of `Case.objects.filter(pk=1).update(slug="x")`."""
    node = call.func.value
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node = node.func.value
    return ast.unparse(node)
