"""What each role gets where: the rows of the matrix of addresses."""

# The public address that somebody in each role asks for.
ASKED_BY_ALL = "<language>/cases/<slug:slug>/"
ROLES = ("anonymous", "reader", "newcomer", "editor", "administrator")

# What each of ROLES gets: reading, then sending an empty form. The sign-in is a 302.
Row = tuple[str, str]
PUBLIC: Row = ("200 200 200 200 200", "405 405 405 405 405")
STAFF: Row = ("302 302 200 200 200", "302 302 200 200 200")
EDITORS: Row = ("302 302 403 200 200", "302 302 403 200 200")
ADMINISTRATORS: Row = ("302 302 403 403 200", "302 302 403 403 200")
# The desk shows it, and takes nothing for it.
LOOKED_AT: Row = ("302 302 403 403 200", "302 302 403 403 403")
# Of one's own account.
OWN_PAGE: Row = ("302 200 200 200 200", "302 405 405 405 405")
OWN_FORM: Row = ("302 200 200 200 200", "302 200 200 200 200")
BESIDE: Row = ("302 302 403 200 200", "302 302 405 405 405")
NOBODY: Row = ("302 302 403 403 403", "302 302 403 403 403")
LEADS_ON: Row = ("302 302 302 302 302", "302 302 302 302 302")
LEADS_EDITORS_ON: Row = ("302 302 403 302 302", "302 302 403 302 302")
NOTHING: Row = ("404 404 404 404 404", "404 404 404 404 404")
NOT_THERE: Row = ("302 302 404 404 404", "302 302 404 404 404")

KINDS = (
    *("cases/case", "cases/initiative", "cases/actor", "cases/place", "sources/source", "sources/image"),
    *("pillars/pillar", "pillars/theme", "pillars/term", "portal/page"),
)
COPIED = ("cases/case", "cases/initiative", "cases/actor", "sources/source")


def desk(name: str, index: Row, add: Row, change: Row, delete: Row, history: Row) -> dict[str, Row]:
    """The addresses that the stock admin gives a model."""
    at = f"<language>/admin/{name}/"
    return {
        at: index,
        f"{at}add/": add,
        f"{at}<path:object_id>/change/": change,
        f"{at}<path:object_id>/delete/": delete,
        f"{at}<path:object_id>/history/": history,
        f"{at}<path:object_id>/": LEADS_ON,
    }


def history(of: str) -> dict[str, Row]:
    """The addresses that every kind of entry has below its own."""
    at = f"<language>/{of}<slug:slug>/history/"
    files = citations(f"{of}<slug:slug>/history/<int:number>/")
    leads = ("302 302 302 302 302", PUBLIC[1])
    return {
        **{at: PUBLIC, f"{at}<int:number>/": PUBLIC, **files},
        **{f"{at}feed.xml": PUBLIC, f"{at}timemap/": PUBLIC, f"{at}timegate/": leads},
    }


def citations(of: str) -> dict[str, Row]:
    """The addresses of the files that cite it."""
    return {f"<language>/{of}cite.{ending}": PUBLIC for ending in ("bib", "ris", "json")}


def roles_asking(route: str, row: Row, method: str, number: int) -> tuple[str, ...]:
    """Who asks for the address.

    What everybody gets alike outside the desk and the accounts, strangers get and one of the others in turn; a case
    all of them, as all get what is different for anybody.
    """
    # Whoever signs out is signed out for all that follows.
    if route.endswith("logout/") and method == "post":
        return ()
    is_for_all = all(len({*answers.split()}) == 1 for answers in row)
    if is_for_all and "/admin/" not in route and "/accounts/" not in route and route != ASKED_BY_ALL:
        return ROLES[0], ROLES[1 + number % (len(ROLES) - 1)]
    return ROLES


def pages_left_out(route: str, row: Row, method: str, number: int) -> set[str]:
    """Whose page need not be made, because it is made for somebody else: their answer counts all the same."""
    if "/admin/" not in route and "/accounts/" not in route:
        # What everybody may read is the same page for everybody who is signed in.
        return {*ROLES} - {"anonymous", "editor"} if route == ASKED_BY_ALL else set()
    if not row[method == "post"].endswith("200 200"):
        return set()
    # What both may do at the desk is shown to the one, and what comes of sending it to the other.
    return {("editor", "administrator")[(number + (method == "post")) % 2]}


# Data, for people and for programs.
DATA: dict[str, Row] = {
    # Data: each list in its formats, and each entry.
    **dict.fromkeys((f"<language>/{one}.{ending}" for one in ("cases", "initiatives", "actors", "sources", "glossary")
                     for ending in ("csv", "csv-metadata.json", "xlsx", "json")), PUBLIC),
    "<language>/cases.geojson": PUBLIC,
    **dict.fromkeys((f"<language>/cases/compare.{ending}" for ending in ("csv", "xlsx", "json")), ("400 400 400 400 400", PUBLIC[1])),
    **dict.fromkeys((f"<language>/{below}<slug:slug>.json" for below in ("cases/", "initiatives/", "actors/", "places/", "sources/",
                    "pictures/", "pillars/", "themes/", "glossary/", "")), PUBLIC),
    # For programs: each list and each entry, and what else there is.
    "<language>/api/": PUBLIC,
    **dict.fromkeys((f"api/v1/{one}" for one in ("", "openapi.json", "<resource:name>", "<resource:name>/<str:key>",
                    "<resource:name>/<str:key>/revisions", "entries/<str:key>", "claims", "changes", "vocabularies",
                    "vocabularies/<str:name>", "releases")), PUBLIC),
    **dict.fromkeys((f"api/v1/releases/<str:version>{rest}" for rest in ("", "/changes")), ("404 404 404 404 404", PUBLIC[1])),
    # OpenRefine sends its questions; nothing is written.
    "api/v1/reconciliation": (PUBLIC[0], PUBLIC[0]),
    **dict.fromkeys((f"api/v1/reconciliation/{one}" for one in ("suggest/<suggested:what>", "preview/<uuid:key>", "properties")), PUBLIC),
    "api/v1/reconciliation/view/<uuid:key>": ("302 302 302 302 302", PUBLIC[1]),
    "api/v1/<path:rest>": ("404 404 404 404 404", PUBLIC[1]),
    "<language>/releases/": PUBLIC,
    "<language>/releases/compare/": PUBLIC,
    "<language>/releases.json": PUBLIC,
    "<language>/releases/<str:version>.json": ("404 404 404 404 404", PUBLIC[1]),
    "<language>/releases/compare.json": ("404 404 404 404 404", PUBLIC[1]),
}  # fmt: skip
