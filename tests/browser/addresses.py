"""Which pages the checks of every page look at: one of each kind, without its language."""

PUBLIC = [
    "", "pillars/", "pillars/ceasefire-implementation/", "themes/", "themes/security-and-justice/", "glossary/", "glossary/ceasefire/", "cases/",
    "cases/?outcome=holding&q=libya", "cases/?as=cards", "cases/compare/?case=libya-2020&case=sudan-jeddah-2023", "cases/libya-2020/", "cases/lebanon-2008/", "cases/libya-2020/?sources=open", "initiatives/", "initiatives/mosul-schools-unicef/",
    "actors/", "actors/qatar/", "places/libya/", "sources/", "sources/text-helsinki-mou-2005/", "about/", "pictures/a-picture/",
    "cases/aceh-2005/history/", "cases/aceh-2005/history/1/", "cases/aceh-2005/history/2/", "cases/aceh-2005/?as_of=1",
    "changes/?change=all", "figures/", "codebook/", "releases/", "releases/compare/", "api/", "errata/", "errata/eth-prio-ceasefires/", "search/", "search/?q=ceasefire", "search/?q=hezbolah", "cases/map/", "cases/timeline/", "cases/figures/", "brief/", "brief/?case=lebanon-2008",
    "hand-in/", "propose/case/", "propose/case/libya-2020/", "propose/case/libya-2020/outcome/", "propose/case/libya-2020/participation/new/",
]  # fmt: skip
# A question that nothing answers, one that cannot be asked, and an address where nothing is.
EMPTY = "cases/?q=nothing-is-called-so"
ERRONEOUS = "cases/?declared_from=never"
MISSING = "cases/no-such-case/"
TOO_EARLY = "cases/aceh-2005/?as_of=1999-12-31"
ALONE = "cases/compare/?case=libya-2020"
NOT_FOUND = "search/?q=zzqqxx"
UNANSWERED = [EMPTY, ALONE, NOT_FOUND, ERRONEOUS, MISSING, TOO_EARLY]
