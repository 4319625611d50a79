"""Under which licence the data may be used, and what that licence does not cover."""

from django.utils.translation import gettext_noop

NAME = "AGPL-3.0-or-later"
TITLE = "GNU Affero General Public License, version 3 or later"
URL = "https://www.gnu.org/licenses/agpl-3.0.html"
# As the page about the casebook says, in the language of whoever cites it.
EXCEPT = gettext_noop(
    "Documents, quotations and datasets belong to their authors and follow their own terms."
)
