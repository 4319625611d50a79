"""Regions of the world, as the United Nations Statistics Division groups countries (M49), for statistics.

The grouping implies nothing about the political or other affiliation of a country or territory.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """A subregion of M49; in Africa south of the Sahara and the Americas, an intermediate region."""

    NORTHERN_AFRICA = "northern-africa", _("Northern Africa")
    EASTERN_AFRICA = "eastern-africa", _("Eastern Africa")
    MIDDLE_AFRICA = "middle-africa", _("Middle Africa")
    SOUTHERN_AFRICA = "southern-africa", _("Southern Africa")
    WESTERN_AFRICA = "western-africa", _("Western Africa")
    WESTERN_ASIA = "western-asia", _("Western Asia")
    CENTRAL_ASIA = "central-asia", _("Central Asia")
    SOUTHERN_ASIA = "southern-asia", _("Southern Asia")
    SOUTH_EASTERN_ASIA = "south-eastern-asia", _("South-eastern Asia")
    EASTERN_ASIA = "eastern-asia", _("Eastern Asia")
    EASTERN_EUROPE = "eastern-europe", _("Eastern Europe")
    NORTHERN_EUROPE = "northern-europe", _("Northern Europe")
    SOUTHERN_EUROPE = "southern-europe", _("Southern Europe")
    WESTERN_EUROPE = "western-europe", _("Western Europe")
    CARIBBEAN = "caribbean", _("Caribbean")
    CENTRAL_AMERICA = "central-america", _("Central America")
    SOUTH_AMERICA = "south-america", _("South America")
    NORTHERN_AMERICA = "northern-america", _("Northern America")
    OCEANIA = "oceania", _("Oceania")


# By region, the ISO 3166-1 codes of its countries and territories.
CODES = {
    Region.NORTHERN_AFRICA: "DZA EGY ESH LBY MAR SDN TUN",
    Region.EASTERN_AFRICA: (
        "ATF BDI COM DJI ERI ETH IOT KEN MDG MOZ MUS MWI MYT REU RWA SOM SSD SYC TZA UGA ZMB ZWE"
    ),
    Region.MIDDLE_AFRICA: "AGO CAF CMR COD COG GAB GNQ STP TCD",
    Region.SOUTHERN_AFRICA: "BWA LSO NAM SWZ ZAF",
    Region.WESTERN_AFRICA: "BEN BFA CIV CPV GHA GIN GMB GNB LBR MLI MRT NER NGA SEN SHN SLE TGO",
    Region.WESTERN_ASIA: "ARE ARM AZE BHR CYP GEO IRQ ISR JOR KWT LBN OMN PSE QAT SAU SYR TUR YEM",
    Region.CENTRAL_ASIA: "KAZ KGZ TJK TKM UZB",
    Region.SOUTHERN_ASIA: "AFG BGD BTN IND IRN LKA MDV NPL PAK",
    Region.SOUTH_EASTERN_ASIA: "BRN IDN KHM LAO MMR MYS PHL SGP THA TLS VNM",
    Region.EASTERN_ASIA: "CHN HKG JPN KOR MAC MNG PRK TWN",
    Region.EASTERN_EUROPE: "BGR BLR CZE HUN MDA POL ROU RUS SVK UKR",
    Region.NORTHERN_EUROPE: "ALA DNK EST FIN FRO GBR GGY IMN IRL ISL JEY LTU LVA NOR SJM SWE",
    Region.SOUTHERN_EUROPE: "ALB AND BIH ESP GIB GRC HRV ITA MKD MLT MNE PRT SMR SRB SVN VAT",
    Region.WESTERN_EUROPE: "AUT BEL CHE DEU FRA LIE LUX MCO NLD",
    Region.CARIBBEAN: (
        "ABW AIA ATG BES BHS BLM BRB CUB CUW CYM DMA DOM GLP GRD HTI JAM KNA LCA MAF MSR MTQ PRI SXM TCA "
        "TTO VCT VGB VIR"
    ),
    Region.CENTRAL_AMERICA: "BLZ CRI GTM HND MEX NIC PAN SLV",
    Region.SOUTH_AMERICA: "ARG BOL BRA BVT CHL COL ECU FLK GUF GUY PER PRY SGS SUR URY VEN",
    Region.NORTHERN_AMERICA: "BMU CAN GRL SPM USA",
    Region.OCEANIA: (
        "ASM AUS CCK COK CXR FJI FSM GUM HMD KIR MHL MNP NCL NFK NIU NRU NZL PCN PLW PNG PYF SLB TKL TON "
        "TUV UMI VUT WLF WSM"
    ),
}
REGION_OF = {code: region for region, codes in CODES.items() for code in codes.split()}
