"""How often strangers may try: at the public door, to sign in, and to take data away."""

# Limits against floods; a sender is a keyed digest of a network address, valid for one day. A wide network is
# what one customer of a provider may have: an IPv4 /24 or an IPv6 /48.
DOOR = {
    "max_waiting": 1000,  # undecided contributions; beyond that, new ones are refused for now
    "max_tries_in_an_hour": 60,  # forms sent by one sender, including refused ones
    "max_in_an_hour": 10,  # contributions by one sender
    "max_in_a_day": 30,
    "max_tries_in_an_hour_of_network": 300,  # forms sent from one wide network
    "max_in_an_hour_of_network": 30,  # contributions from one wide network
    "max_in_a_day_of_network": 90,
    "max_in_a_day_of_entry": 50,  # contributions on one entry, or new entries of one kind
    "kept_for_newcomers_of_entry": 15,  # of these 50, as below
    "max_in_an_hour_of_all": 300,  # contributions by all senders together
    "kept_for_newcomers": 100,  # of these 300: for wide networks that have sent nothing this day
    "challenge_from": 100,  # from so many in an hour on, browsers have to do a proof of work, or wait
    "challenge_bits": 17,  # zero bits of the proof of work; each further bit doubles the work
    "wait_seconds": 60,  # for browsers that cannot do the proof of work
    "min_seconds": 4,  # no person fills in the form faster
    "max_hours": 24,  # how long an open form can be sent
    "max_bytes": 400_000,  # size of one form
    "max_messages_in_a_day": 20,  # from one sender about one contribution
    "max_mails_in_a_day": 3,  # to one address that nobody has confirmed
}

# Why these, and what each of them counts: accounts.adapter.AccountAdapter.pre_authenticate.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key",
    "login_failed_from_network": "20/h/key",
    "login_failed_of_name": "30/h/key",
    "login_failed_of_name_under_attack": "3/h/key",
    "reset_password": "10/m/ip,3/h/key",
}

# How much programs may take from the API and as files, told apart by their networks (exchange.limits). What
# the memory of pages answers is not counted: it costs nothing.
DATA = {
    "requests_in_a_minute": 240,  # answers of the API made for one network
    "downloads_at_once": 3,  # lists as files that are made for one network at the same time
    "downloads_at_once_of_all": 8,  # and for all; each takes a thread until it is made
    "wait_seconds": 10,  # after which whoever was refused may ask again
}

# How much work searches may be for one network in a minute, in thousandths of a second of a processor
# (portal.searching): some hundred searches as readers make them, some dozens of the worst.
SEARCH = {"milliseconds_in_a_minute": 6_000}
