"""The pages of the public door: the form, and the private link."""

from contributions.views.door import Propose
from contributions.views.following import ConfirmMail, Follow

__all__ = ["ConfirmMail", "Follow", "Propose"]
