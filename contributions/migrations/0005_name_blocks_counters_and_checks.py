"""Blocks of senders, rate counters, used tokens and checks of links are called what they are."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

RESULTS = ["works", "moved", "gone", "refused", "unreachable", "not_public"]


class Migration(migrations.Migration):
    """Rename; no row changes."""

    dependencies = [("contributions", "0004_keep_what_was_sent_while_it_is_improved")]
    operations = [
        migrations.RemoveConstraint("tally", "tally_is_kept_once_for_each_span"),
        migrations.RemoveConstraint("spenttoken", "token_is_spent_once"),
        migrations.RemoveConstraint("mute", "mute_is_of_a_sender_or_of_an_account"),
        migrations.RemoveConstraint("mute", "mute_says_why"),
        migrations.RemoveConstraint("linklook", "link_look_result_is_in_vocabulary"),
        migrations.RemoveConstraint("linklook", "link_look_status_is_from_100_to_599"),
        migrations.RenameIndex("mute", "door_is_the_sender_blocked", old_name="door_is_the_sender_paused"),
        migrations.RenameModel("Tally", "RateCounter"),
        migrations.RenameModel("SpentToken", "UsedToken"),
        migrations.RenameModel("Mute", "SenderBlock"),
        migrations.RenameModel("LinkLook", "SentLinkCheck"),
        migrations.AlterModelOptions(
            "ratecounter", {"verbose_name": "rate counter", "verbose_name_plural": "rate counters"}
        ),
        migrations.AlterModelOptions(
            "sentlinkcheck",
            {"verbose_name": "check of a sent link", "verbose_name_plural": "checks of sent links"},
        ),
        migrations.AlterModelOptions(
            "usedtoken", {"verbose_name": "used token", "verbose_name_plural": "used tokens"}
        ),
        migrations.AlterField(
            "sentlinkcheck",
            "contribution",
            models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="link_check",
                to="contributions.contribution",
            ),
        ),
        migrations.AddConstraint(
            "ratecounter",
            models.UniqueConstraint(fields=["of", "begins_at"], name="rate_counter_is_unique_for_each_period"),
        ),
        migrations.AddConstraint(
            "senderblock",
            models.CheckConstraint(
                condition=Q(sender="", account__isnull=False) | (~Q(sender="") & Q(account=None)),
                name="sender_block_is_of_a_sender_or_of_an_account",
                violation_error_message="Pause a sender or an account, one of the two.",
            ),
        ),
        migrations.AddConstraint(
            "senderblock", models.CheckConstraint(condition=~Q(why=""), name="sender_block_says_why")
        ),
        migrations.AddConstraint(
            "sentlinkcheck",
            models.CheckConstraint(
                condition=Q(result__in=RESULTS),
                name="sent_link_check_result_is_in_vocabulary",
                violation_error_message="That is not a word of our vocabulary.",
            ),
        ),
        migrations.AddConstraint(
            "sentlinkcheck",
            models.CheckConstraint(
                condition=Q(status_code=None) | Q(status_code__range=(100, 599)),
                name="sent_link_check_status_is_from_100_to_599",
            ),
        ),
        migrations.AddConstraint(
            "usedtoken", models.UniqueConstraint(fields=["token_digest"], name="token_is_used_once")
        ),
    ]
