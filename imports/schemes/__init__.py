"""The datasets that can be read: what each is called, and how its rows become records."""

from imports.schemes import eth_prio, pax, ucdp
from imports.schemes.kinds import Scheme

SCHEMES: dict[str, Scheme] = {one.name: one for one in (pax.SCHEME, eth_prio.SCHEME, ucdp.SCHEME)}
