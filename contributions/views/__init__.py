"""The pages of the public door: the form, files handed in, and the private link."""

from contributions.views.door import Propose
from contributions.views.following import ConfirmMail, Follow
from contributions.views.handing_in import HandIn

__all__ = ["ConfirmMail", "Follow", "HandIn", "Propose"]
