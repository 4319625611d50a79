"""Makes of a page of the site a file that needs no server: relative links, and nothing that cannot work."""

import re
from html import escape, unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext

from exchange.offline.edition_files import EditionFiles, relative_address

# Everything comes from the folder itself; `file:` is for browsers to which a folder is no origin.
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file:; "
    "font-src 'self' file:; form-action 'self' file:; base-uri 'none'"
)
HEAD = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
ADDRESS = re.compile(r'(\s)(href|src|action)="([^"]*)"')
SRCSET = re.compile(r'(\ssrcset=")([^"]*)(")')
KEPT_LINKS = {"stylesheet", "icon", "canonical", "license"}
# A script of the edition; those of the site ask a server.
STYLES = "offline/offline.css"
OWN_SCRIPT, OWN_FORM = "data-offline", "search-box"
# What is left out by its class: it asks a server. Of the form around a table, the table stays.
LEFT_OUT, AROUND_A_TABLE = {"filter-box", "compare-actions"}, "to-compare"
BOXES = {"label", "button", "select", "textarea"}


class Rewriter(HTMLParser):
    """One page: `html` is the file; `pages` and `files` are the addresses that it leads to.

    What leads out of the edition leads to the site, and says so by its class.
    """

    def __init__(self, address: str, file: str, edition: EditionFiles) -> None:
        super().__init__(convert_charrefs=False)
        self._address, self._file, self._edition = address, file, edition
        self._written: list[str] = []
        # The element that is left out at the moment, and how many of its name are open in it.
        self._left_out, self._depth = "", 0
        self._is_in_open_form = False
        self.pages: dict[str, None] = {}
        self.files: dict[str, None] = {}

    @property
    def html(self) -> str:
        """The page as a file."""
        return "".join(self._written)

    # --- what is left out ------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write it with its addresses changed, or leave it out with all that is in it."""
        if self._left_out:
            self._depth += tag == self._left_out
            return
        attributes = dict(attrs)
        if tag == "form" and AROUND_A_TABLE in _classes(attributes):
            self._is_in_open_form = True
            return
        if _needs_a_server(tag, attributes) or (self._is_in_open_form and tag in BOXES):
            if tag != "link":
                self._left_out, self._depth = tag, 1
            if "filter-box" in _classes(attributes):
                self._written.append(self._words_for_filters())
            return
        text = self.get_starttag_text() or ""
        self._written.append(self._with_addresses(tag, attributes, text))
        if tag == "meta" and "charset" in attributes:
            self._written.append(HEAD)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """As of any start tag; there is nothing in it."""
        if not self._left_out and not _needs_a_server(tag, dict(attrs)):
            self._written.append(self._with_addresses(tag, dict(attrs), self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        """Go on after the element that is left out."""
        if tag == "form" and self._is_in_open_form and not self._left_out:
            self._is_in_open_form = False
        elif not self._left_out:
            if tag == "head":
                self._written.append(self._own_styles())
            self._written.append(f"</{tag}>")
        else:
            self._depth -= tag == self._left_out
            if not self._depth:
                self._left_out = ""

    def handle_data(self, data: str) -> None:
        """Text, as it is."""
        self._write(data)

    def handle_entityref(self, name: str) -> None:
        """Likewise."""
        self._write(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Likewise."""
        self._write(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        """Likewise."""
        self._write(f"<!{decl}>")

    def _write(self, text: str) -> None:
        if not self._left_out:
            self._written.append(text)

    def _own_styles(self) -> str:
        address, _is_online = self._address_in_edition("style", static(STYLES))
        return f'<link rel="stylesheet" href="{escape(address)}">'

    def _words_for_filters(self) -> str:
        words = gettext("The offline edition has the whole list. To search and filter it, use the site:")
        address = f"{settings.SITE_URL}{urlsplit(self._address).path}"
        return (
            f'<p class="note offline-note">{escape(words)} '
            f'<a class="online" href="{address}"><bdi dir="ltr">{address}</bdi></a></p>'
        )

    # --- addresses -------------------------------------------------------------------------------

    def _with_addresses(self, tag: str, attributes: dict[str, str | None], text: str) -> str:
        is_online = False

        def changed(match: re.Match[str]) -> str:
            nonlocal is_online
            address, online = self._address_in_edition(tag, unescape(match[3]))
            is_online = is_online or online
            return f'{match[1]}{match[2]}="{escape(address)}"'

        text = ADDRESS.sub(changed, text)
        text = SRCSET.sub(lambda match: f"{match[1]}{self._srcset(match[2])}{match[3]}", text)
        return _marked_online(text) if is_online and tag == "a" else text

    def _srcset(self, text: str) -> str:
        parts = (part.split() for part in text.split(","))
        return ", ".join(
            " ".join((self._address_in_edition("img", address)[0], *rest)) for address, *rest in parts
        )

    def _address_in_edition(self, tag: str, address: str) -> tuple[str, bool]:
        """The address in the edition, or at the site; whether it is the latter."""
        whole = urljoin(self._address, address) if address else self._address
        asked = urlsplit(whole)
        if asked.scheme or asked.netloc or address.startswith("#") or (tag == "link" and not asked.path):
            return address, False
        mark = f"#{asked.fragment}" if asked.fragment else ""
        if file := self._edition.of_file(whole):
            self.files[asked.path] = None
            return relative_address(self._file, file) + mark, False
        without_mark = whole.partition("#")[0]
        if file := self._edition.of_page(without_mark):
            self.pages[without_mark] = None
            return relative_address(self._file, file) + mark, False
        page, form = self._edition.of_proposal(asked.path)
        if page:
            self.pages[page] = None
            return f"{relative_address(self._file, self._edition.of_page(page))}#{quote(form)}", False
        return f"{settings.SITE_URL}{whole}", True


def _needs_a_server(tag: str, attributes: dict[str, Any]) -> bool:
    if tag == "script":
        return OWN_SCRIPT not in attributes
    if tag == "link":
        return not KEPT_LINKS & {*(attributes.get("rel") or "").split()}
    if tag == "form":
        return OWN_FORM not in _classes(attributes) and OWN_SCRIPT not in attributes
    return bool(LEFT_OUT & _classes(attributes))


def _classes(attributes: dict[str, Any]) -> set[str]:
    return {*(attributes.get("class") or "").split()}


def _marked_online(text: str) -> str:
    if ' class="' in text:
        return text.replace(' class="', ' class="online ', 1)
    return re.sub(r"^<a", '<a class="online"', text)
