"""May this happen? Each rule returns None, or a Refusal that says why not."""

import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext as _

from contributions.models import Approval, Contribution, SenderBlock
from contributions.review.touched_fields import protected_paths
from publishing.models import Proposal
from publishing.proposals import changes_of
from publishing.rules import Refusal, needs_four_eyes
from publishing.snapshots import ABSENT, Change, Path
from publishing.statements import objects_asked
from publishing.vocabulary import Origin
from publishing.workflow.transitions import TRANSITIONS

# Where Django looks up permissions; sites may have further backends to sign in with.
BACKEND = "django.contrib.auth.backends.ModelBackend"


class NeedsSecondModerator(Refusal):
    """Two moderators are needed: this one approves it, and another one publishes it."""


class ApprovedAlready(Refusal):
    """This moderator has approved it already; another one has to publish it."""


def why_not_propose(changes: list[Change], offered: list[str], *, is_new: bool) -> Refusal | None:
    """Whether there are changes, and the form offered all of them."""
    if all(is_new and change.path == Path(column="slug") for change in changes):
        message = _("The page already says this. Change what is wrong first.")
        return Refusal("nothing_changed", message)
    if any(not _is_offered(change, offered) for change in changes):
        return Refusal("not_offered", _("This form cannot change that. Open it again from the page."))
    return None


def _is_offered(change: Change, offered: list[str]) -> bool:
    """Whether the form offered the path itself, the set that it is a member of, or a new row of its kind."""
    path = change.path
    if str(path) in offered:
        return True
    if path.member:
        return isinstance(change.new, bool) and path.column in offered
    return path.is_row and change.old is ABSENT and str(Path(row_kind=path.row_kind, key="new")) in offered


class Counts(NamedTuple):
    """How many contributions there are, this one included; of those that wait, without it."""

    of_all: int
    in_hour: int
    in_day: int
    of_network_in_hour: int
    of_network_in_day: int
    of_entry_in_day: int
    waiting: int


def why_not_receive_more(counts: Counts) -> Refusal | None:
    """Whether one more is within the limits (DOOR).

    The last part of the room of an hour, and of an entry, is for wide networks that have sent nothing on this
    day: whoever sends from many addresses does not close the form to everybody else.
    """
    limits = settings.DOOR
    is_newcomer = counts.of_network_in_day <= 1
    room, room_of_entry = limits["max_in_an_hour_of_all"], limits["max_in_a_day_of_entry"]
    if not is_newcomer:
        room, room_of_entry = (
            room - limits["kept_for_newcomers"],
            room_of_entry - limits["kept_for_newcomers_of_entry"],
        )
    if counts.waiting >= limits["max_waiting"]:
        return Refusal(
            "full", _("Too many proposals are waiting for our moderators. Please come back tomorrow.")
        )
    if counts.of_entry_in_day > room_of_entry:
        return Refusal(
            "many_on_entry",
            _(
                "Many proposals on this page have come in today; our moderators read them first."
                " Thank you for yours: please send it tomorrow."
            ),
        )
    if counts.in_hour > limits["max_in_an_hour"] or counts.in_day > limits["max_in_a_day"]:
        return _many_from_sender()
    if (
        counts.of_network_in_hour > limits["max_in_an_hour_of_network"]
        or counts.of_network_in_day > limits["max_in_a_day_of_network"]
    ):
        return _many_from_network()
    if counts.of_all > room:
        return Refusal(
            "busy", _("Too many proposals are coming in at the moment. Please try again in an hour.")
        )
    return None


def _many_from_sender() -> Refusal:
    """Why the sender waits."""
    message = _("You have sent many proposals in a short time, thank you. Please go on later.")
    return Refusal("too_many", message)


def _many_from_network() -> Refusal:
    """Why the sender waits for others of the same network."""
    message = _(
        "Many proposals have come in from your network today, perhaps from other people who share it."
        " Nothing is wrong with yours: please send it in an hour, from another network, or tomorrow."
    )
    return Refusal("too_many", message)


def why_not_receive_from(sender: str, now: datetime.datetime) -> Refusal | None:
    """Whether the sender is blocked."""
    block = SenderBlock.objects.at(now).filter(sender=sender).order_by("-until").first() if sender else None
    if block is None:
        return None
    return Refusal("paused", _("For the time being the moderators accept no proposals from your connection."))


def why_not_while_blocked(step: str, proposal: Proposal, by: Any) -> Refusal | None:
    """Whether `by` may submit or publish their own proposal: not while their account is blocked."""
    transition = TRANSITIONS[step]
    if not (transition.submits or transition.publishes) or proposal.author_id != by.pk:
        return None
    blocks = objects_asked(_blocks_of_account, timezone.now(), by.pk)
    if not blocks:
        return None
    block = blocks[0]
    message = _("The moderators have paused your account until %(time)s UTC. Your drafts stay as they are.")
    return Refusal("paused", message % {"time": f"{block.until:%Y-%m-%d %H:%M}"})


def _blocks_of_account(now: datetime.datetime, account: int) -> Any:
    return SenderBlock.objects.at(now).filter(account=account).order_by("-until")


def why_not_try_again(tries: int, tries_of_network: int) -> Refusal | None:
    """Whether a sender may try again after so many tries in this hour, their own and their wide network's."""
    if tries >= settings.DOOR["max_tries_in_an_hour"]:
        return Refusal(
            "too_many", _("You have sent many proposals in a short time, thank you. Please go on later.")
        )
    return (
        _many_from_network() if tries_of_network >= settings.DOOR["max_tries_in_an_hour_of_network"] else None
    )


def why_not_receive_form_of_age(age: datetime.timedelta) -> Refusal | None:
    """Whether a form was open long enough for a person to fill it in, and not too long."""
    if age < datetime.timedelta(0):
        # Nobody need wait until the clock has caught up.
        message = _(
            "The clock of the casebook was set back while this form was open. Look the form over once more,"
            " then send it."
        )
        return Refusal("clock_set_back", message)
    if age < datetime.timedelta(seconds=settings.DOOR["min_seconds"]):
        return Refusal("too_quick", _("That was very quick. Look it over once more, then send it."))
    if age > datetime.timedelta(hours=settings.DOOR["max_hours"]):
        return Refusal(
            "too_old", _("This form was open for a long time. Look it over once more, then send it.")
        )
    return None


def refusal_of_used_form() -> Refusal:
    """The refusal of a form that was sent before."""
    message = _(
        "This form was sent already. To send what you see here as another proposal, press the button again."
    )
    return Refusal("sent", message)


def why_not_send_message(contribution: Contribution, text: str, now: datetime.datetime) -> Refusal | None:
    """Whether the sender may write to the moderators once more today."""
    if not text.strip():
        return Refusal("nothing_said", _("Please write your answer first."))
    day = now - datetime.timedelta(days=1)
    if (
        contribution.messages.filter(by=None, said_at__gt=day).count()
        >= settings.DOOR["max_messages_in_a_day"]
    ):
        return Refusal("too_many", _("You have written many messages today. Please continue tomorrow."))
    return None


def why_not_credit(contribution: Contribution) -> Refusal | None:
    """Whether the sender may still choose whom to credit."""
    if contribution.erased_at is not None:
        return Refusal("erased", _("Your details were erased, and the credit with them."))
    return None


def why_not_appeal(contribution: Contribution, text: str) -> Refusal | None:
    """Whether the sender may appeal against the decision: once, with a reason."""
    if contribution.appealed_at is not None:
        return Refusal("appealed", _("You have already appealed once; the second decision is final."))
    if contribution.proposal.decided_by_id is None:
        return Refusal("nobody_decided", _("It has not been decided yet."))
    if not text.strip():
        return Refusal("nothing_said", _("Say what was overlooked."))
    return None


def why_not_decide_appeal(step: str, proposal: Proposal, by: Any) -> Refusal | None:
    """Whether `by` may decide it: an appeal is not decided by the moderator who decided before."""
    if not TRANSITIONS[step].is_decision or proposal.origin != Origin.PUBLIC:
        return None
    if not Contribution.objects.filter(proposal=proposal, appeal_of=by).exists():
        return None
    message = _("This is an appeal against your own decision; another moderator decides.")
    if not has_other_moderator(by):
        message = _(
            "This is an appeal against your own decision, and there is no other moderator. Ask an "
            "administrator to invite one, or to make another account a moderator."
        )
    return Refusal("own_decision", message)


def has_other_moderator(by: Any) -> bool:
    """Whether somebody else can decide proposals."""
    accounts: Any = get_user_model()._default_manager
    moderators = accounts.with_perm("publishing.decide_proposal", backend=BACKEND).filter(is_staff=True)
    return bool(moderators.exclude(pk=by.pk).exists())


def needs_two_moderators(proposal: Proposal) -> bool:
    """Whether it needs two moderators: it comes from the public and changes a protected fact."""
    if proposal.origin != Origin.PUBLIC or not needs_four_eyes():
        return False
    return bool(protected_paths(proposal.kind, changes_of(proposal)))


def why_not_publish_alone(step: str, proposal: Proposal, by: Any) -> Refusal | None:
    """Whether `by` may publish it: a protected fact needs the approval of another moderator first."""
    if not TRANSITIONS[step].publishes or not needs_two_moderators(proposal):
        return None
    # An approval is for one version only.
    approvals = Approval.objects.filter(proposal=proposal, version=proposal.version)
    if approvals.exclude(by=by).exists():
        return None
    if approvals.filter(by=by).exists():
        message = _("You have approved it; now another moderator looks at it and publishes it.")
        return ApprovedAlready("approved", message)
    message = _("It touches a protected fact: two moderators decide it together.")
    return NeedsSecondModerator("second_moderator", message)
