"""What datasets of the field call what the casebook calls by its own name.

From the codebooks of PA-X (version 3 of the codebook, release 10 of the data), of the ETH/PRIO Civil
Conflict Ceasefire dataset (Clayton, Nygård, Strand and others, 2022, doi 10.1177/00220027221129195), of the
Peace Accords Matrix and of the UCDP Peace Agreement Dataset (22.1). A name is that of a variable; after it
stand its values, where they are told apart. What the values of `ended` and `side` mean was read from
the file of ETH/PRIO; the names of the provisions of the Peace Accords Matrix are those of its pages.
"""

from types import MappingProxyType
from typing import NamedTuple


class Dataset(NamedTuple):
    """A dataset: its name, and where it is described."""

    name: str
    address: str


DATASETS = MappingProxyType(
    {
        "pa_x": Dataset("PA-X", "https://www.peaceagreements.org/"),
        "eth_prio": Dataset("ETH/PRIO", "https://doi.org/10.1177/00220027221129195"),
        "pam": Dataset("PAM", "https://peaceaccords.nd.edu/"),
        "ucdp": Dataset("UCDP", "https://ucdp.uu.se/"),
    }
)
# By kind and column, without its language: what each dataset has for it.
FIELDS: MappingProxyType[str, dict[str, str]] = MappingProxyType(
    {
        "case.ceasefire_class": {"pa_x": "Stage, StageSub", "eth_prio": "ceasefire_class", "ucdp": "pa_type"},
        "case.scope": {"pa_x": "Agtp", "eth_prio": "partial"},
        "case.written": {"eth_prio": "written", "ucdp": "txt"},
        "case.sidedness": {"pa_x": "Status", "eth_prio": "side", "ucdp": "no_dyad, inclusive"},
        "case.is_humanitarian": {"eth_prio": "p_humanitarian"},
        "case.is_for_peace_process": {"eth_prio": "p_peaceprocess"},
        "case.is_for_holiday": {"eth_prio": "p_holiday"},
        "case.is_for_election": {"eth_prio": "p_election"},
        "case.has_other_purpose": {"eth_prio": "p_other"},
        "case.countries": {
            "pa_x": "Con, Loc1ISO, Loc2ISO, Loc1GWNO, Loc2GWNO",
            "eth_prio": "location, cc",
            "pam": "country",
            "ucdp": "gwno",
        },
        "case.declared_on": {
            "pa_x": "Dat",
            "eth_prio": "cf_dec_yr, cf_dec_month, cf_dec_day",
            "ucdp": "pa_date",
        },
        "case.in_force_on": {"eth_prio": "cf_effect_yr, cf_effect_month, cf_effect_day"},
        "case.ended_on": {"eth_prio": "end_yr, end_month, end_day", "ucdp": "duration"},
        "case.outcome": {"eth_prio": "ended", "ucdp": "ended; outcome, recur"},
        "case.outcome_reason": {"eth_prio": "comment", "ucdp": "c_duration"},
        "case.title": {"pa_x": "Agt", "pam": "accord", "ucdp": "pa_name"},
        "participation.actor": {
            "pa_x": "Part, ThrdPart",
            "eth_prio": "actor_name, ucdp_actor_id",
            "ucdp": "pa_sign, actor_name",
        },
        "participation.role": {
            "pa_x": "ThrdPart",
            "eth_prio": "mediator_nego, mediator_send",
            "ucdp": "pa_3rd",
        },
        "participation.signatories": {"pa_x": "Part"},
        "document.title": {"pa_x": "Agt"},
        "document.dated_on": {"pa_x": "Dat", "ucdp": "pa_date"},
        "provision.strength": {"pa_x": "the values 1 to 3 of each issue"},
        "provision.topic": {"pa_x": "issues", "pam": "provisions"},
        "provision.quotation": {"pa_x": "issues: details"},
        "assessment.implementation": {"pam": "implementation, 0 to 3 for each provision and year"},
        "mechanism.mechanism_type": {
            "pa_x": "ImE, ImPK",
            "eth_prio": "implement, enforcement",
            "ucdp": "co_impl, pko",
        },
        "place.gw_number": {"pa_x": "Loc1GWNO, Loc2GWNO", "eth_prio": "cc", "ucdp": "gwno"},
        "place.iso_code": {"pa_x": "Loc1ISO, Loc2ISO"},
        "externalid.value": {"pa_x": "AgtId", "eth_prio": "uniq_id", "pam": "PamAgr", "ucdp": "paid"},
        "externalid.release": {"pa_x": "Ver"},
    }
)
# By name of the vocabulary and code.
WORDS: MappingProxyType[str, dict[str, str]] = MappingProxyType(
    {
        "ceasefire_class.unilateral_declaration": {
            "pa_x": "Status: Unilateral document",
            "eth_prio": "side: 1",
        },
        "ceasefire_class.humanitarian_pause": {"eth_prio": "p_humanitarian: 1"},
        "ceasefire_class.cessation_of_hostilities": {"pa_x": "Cea: Ceas", "eth_prio": "ceasefire_class: 1"},
        "ceasefire_class.preliminary_ceasefire": {"pa_x": "Cea: CeaMix", "eth_prio": "ceasefire_class: 2"},
        "ceasefire_class.definitive_ceasefire": {"eth_prio": "ceasefire_class: 3"},
        "ceasefire_class.ceasefire_related": {"pa_x": "Cea: Rel"},
        "outcome.holding": {"eth_prio": "ended: 0"},
        "outcome.expired": {"eth_prio": "ended: 1"},
        "outcome.collapsed": {"eth_prio": "ended: 2"},
        "outcome.never_took_effect": {"eth_prio": "ended: 3"},
        "outcome.extended_or_replaced": {"eth_prio": "ended: 4"},
        "outcome.unknown": {"eth_prio": "ended: -1"},
        "scope.partial": {"eth_prio": "partial: 1"},
        "written.unwritten": {"eth_prio": "written: 0"},
        "written.written": {"eth_prio": "written: 1"},
        "written.text_known": {"eth_prio": "written: 2", "ucdp": "txt: 1"},
        "written.unclear": {"eth_prio": "written: -1"},
        "sidedness.unilateral": {"pa_x": "Status: Unilateral document", "eth_prio": "side: 1"},
        "sidedness.bilateral": {"eth_prio": "side: 2"},
        "sidedness.multilateral": {"eth_prio": "side: 3"},
        # How many sides signed it, the dataset does not say.
        "sidedness.unclear": {"pa_x": "Status: Multiparty signed/agreed"},
        "strength.1": {"pa_x": "1"},
        "strength.2": {"pa_x": "2"},
        "strength.3": {"pa_x": "3"},
        "implementation.0": {"pam": "0"},
        "implementation.1": {"pam": "1"},
        "implementation.2": {"pam": "2"},
        "implementation.3": {"pam": "3"},
        "role.mediator": {"eth_prio": "mediator_nego: 1"},
        "topic.cessation": {"pa_x": "Ce, CeProv, CeGen", "pam": "Cease Fire", "ucdp": "cease"},
        "topic.foreign_forces": {"pa_x": "SsrFf", "pam": "Withdrawal of Troops", "ucdp": "withd"},
        "topic.monitoring": {
            "pa_x": "ImE, ImPK; StageSub: Rel",
            "eth_prio": "implement",
            "pam": "Verification/Monitoring Mechanism",
            "ucdp": "co_impl",
        },
        "topic.enforcement": {
            "pa_x": "ImE, ImPK",
            "eth_prio": "enforcement",
            "pam": "UN Peacekeeping Force, Regional Peacekeeping Force",
            "ucdp": "pko",
        },
        "topic.dispute_resolution": {"pam": "Dispute Resolution Committee"},
        "topic.disarmament": {
            "pa_x": "SsrDdr, DdrDemil, DdrProg",
            "eth_prio": "ddr",
            "pam": "Demobilization, Disarmament, Reintegration",
            "ucdp": "ddr, intarmy",
        },
        "topic.security_reform": {
            "pa_x": "SsrGua, SsrPol, SsrArm",
            "pam": "Military Reform, Police Reform",
        },
        "topic.prisoners": {"pa_x": "TjPrire", "pam": "Prisoner Release", "ucdp": "pris"},
        "topic.amnesty": {"pa_x": "TjAm", "pam": "Amnesty", "ucdp": "amn"},
        "topic.humanitarian_access": {"pa_x": "DevHum", "eth_prio": "p_humanitarian"},
        "topic.displaced": {
            "pa_x": "GRef",
            "pam": "Refugees, Internally Displaced Persons",
            "ucdp": "return",
        },
        "topic.power_sharing": {
            "pa_x": "Polps",
            "pam": "Powersharing Transitional Government, Electoral/Political Party Reform",
            "ucdp": "shagov, elections",
        },
        "topic.territory": {"pa_x": "Terps", "pam": "Territorial Powersharing", "ucdp": "aut, fed, ind"},
        "topic.reconstruction": {
            "pa_x": "Dev, DevInfra, NEC, IntFu",
            "pam": "Economic and Social Development, Donor Support",
            "ucdp": "regdev",
        },
    }
)
