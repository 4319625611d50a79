"""Links in documents lead to existing files and headings, and every setting is documented."""

import ast
import re

import pytest

from config.env import EXAMPLE, ROOT
from desk import hooks as hooks_of_the_desk
from pillars import hooks as hooks_of_pillars
from publishing import hooks

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\[[^]]*\]\((?P<to>[^)\s]+)\)")
HEADING = re.compile(r"^#+ +(?P<text>.+?) *$", re.MULTILINE)
# A row of the table of settings.
EXPLAINED = re.compile(r"^\| `(?P<name>[A-Z][A-Z_]+)` +\|", re.MULTILINE)
# A row of the README's table of folders.
FOLDER = re.compile(r"^\| `(?P<name>[a-z]+)/` +\|", re.MULTILINE)
FILES = {
    "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "README.md", "manage.py", "pyproject.toml", "requirements.txt",
}  # fmt: skip
# A file or a folder that a guide names, and a row of the table of hooks.
NAMED = re.compile(r"`(?P<path>\w[\w/.-]*(?:\.(?:py|html|css|js|md|svg|tsv)|/))`")
HOOK = re.compile(r"^\| `(?P<name>\w+\.hooks\.\w+)` +\|", re.MULTILINE)
GUIDES = ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/running.md", "docs/glossary.md"]
# Made where it runs, or by whoever adds a language.
NOT_IN_THE_REPOSITORY = ("var/", "locale/tr/")
VARIABLE = re.compile(r"^(?:# ?)?(?P<name>[A-Z][A-Z_]+)=", re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document):
    assert broken_links(document) == []


def test_a_link_to_nowhere_is_noticed(tmp_path):
    document = tmp_path / "a.md"
    document.write_text("# One\n[a](b.md) [b](a.md#two) [c](a.md#one) [d](https://example.org/x)\n")

    assert broken_links(document) == ["b.md", "a.md#two"]


@pytest.mark.parametrize("guide", GUIDES)
def test_files_that_a_guide_names_exist(guide):
    assert files_not_found((ROOT / guide).read_text(encoding="utf-8")) == []


def test_a_file_that_is_gone_is_noticed():
    text = "`cases/maps.py`, `comparing.py`, its app's `views.py`, `desk/`\n`views/entries.py`, `none.py`, `var/a/`"

    assert files_not_found(text) == ["views/entries.py", "none.py"]


def test_the_table_of_hooks_names_every_hook_and_no_other():
    guide = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    there_are = {
        f"{module.__name__}.{name}"
        for module in (hooks, hooks_of_the_desk, hooks_of_pillars)
        for name, value in vars(module).items()
        if isinstance(value, hooks.Hook)
    }

    assert {match["name"] for match in HOOK.finditer(guide)} == there_are


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 120


def test_at_the_top_lie_the_folders_of_the_readme_and_nothing_that_was_left_behind():
    folders = {match["name"] for match in FOLDER.finditer((ROOT / "README.md").read_text(encoding="utf-8"))}

    shown = [path for path in ROOT.iterdir() if not path.name.startswith(".")]
    assert {path.name for path in shown if path.is_dir()} - {"var", "__pycache__"} == folders
    assert {path.name for path in shown if path.is_file()} == FILES


def test_settings_read_from_the_environment_are_explained_and_none_is_left_over():
    example = (ROOT / EXAMPLE).read_text(encoding="utf-8")

    assert variables_read_by_settings() == {match["name"] for match in VARIABLE.finditer(example)}
    assert "ENVIRONMENT_FILE" in example


def test_the_guide_explains_every_setting_and_no_other():
    guide = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")

    assert {match["name"] for match in EXPLAINED.finditer(guide)} == variables_read_by_settings()


def test_only_the_settings_read_the_environment():
    readers = {
        str(file.relative_to(ROOT))
        for file in ROOT.glob("*/**/*.py")
        if file.relative_to(ROOT).parts[0] not in {".venv", "var", "tests"}
        and re.search(r"os\.(environ|getenv)", file.read_text(encoding="utf-8"))
    }

    # The health check of a container must not wait for Django to start.
    allowed = {"config/running/healthcheck.py"}
    assert readers == {"config/env.py", "config/settings.py", "config/wsgi.py"} | allowed


def files_not_found(text):
    """The files and folders that are named: by a path from the top, or from a folder named on the same line.

    `views.py` alone is that of an app.
    """
    apps = [file.parent for file in ROOT.glob("*/apps.py")]
    missing = []
    for line in text.splitlines():
        named = [ROOT]
        for path in (match["path"] for match in NAMED.finditer(line)):
            folders = named if "/" in path else [*named, *apps]
            found = next((folder / path for folder in folders if (folder / path).exists()), None)
            if found is not None:
                named.append(found if found.is_dir() else found.parent)
            elif not path.startswith(NOT_IN_THE_REPOSITORY):
                missing.append(path)
    return missing


def broken_links(document):
    """The links of a document to files or headings that do not exist."""
    text = document.read_text(encoding="utf-8")
    return [to for to in (link["to"] for link in LINK.finditer(text)) if not has_target(document, to)]


def has_target(document, to):
    if re.match(r"[a-z]+:", to):
        return True
    path, _, anchor = to.partition("#")
    target = (document.parent / path).resolve() if path else document
    if not target.exists():
        return False
    return not anchor or anchor in {
        anchor_of(one["text"]) for one in HEADING.finditer(target.read_text("utf-8"))
    }


def anchor_of(heading):
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def variables_read_by_settings():
    """The names in env.text("NAME", ...), env.flag("NAME", ...) and so on."""
    settings = ast.parse((ROOT / "config" / "settings.py").read_text(encoding="utf-8"))
    return {
        node.args[0].value
        for node in ast.walk(settings)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.args
    }
