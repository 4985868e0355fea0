"""The law as it stands: whole, counted, and every rule of it used."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from webapp.flows.checks import check_law
from webapp.flows.law import Law
from webapp.flows.uses import uses

# How many rules each of the five texts gave that the register began with, in the order of the register.
SEEDS = {"FRA": 26, "DUR": 90, "NOR": 34, "CAR": 36, "FRB": 19}
_SEED = re.compile(rf"({'|'.join(SEEDS)})-(\d+)")


def test_the_law_is_whole(law: Law) -> None:
    problems = check_law(law)
    assert not problems, "\n".join(str(problem) for problem in problems)


def test_every_rule_is_used_or_says_why_not(law: Law) -> None:
    used = uses(law)
    unused = {rule.id for rule in law.rules if rule.unused}
    orphans = [rule.id for rule in law.rules if rule.id not in used and rule.id not in unused]
    places = sum(len(each) for each in used.values())
    print(f"{len(law.rules)} rules: {len(used)} used in {places} places, {len(unused)} say why they are not")
    assert not orphans, f"{len(orphans)} rules have no use and no `unused`: {', '.join(orphans)}"
    assert not unused & used.keys()
    assert len(used) + len(unused) == len(law.rules)


def test_the_register_holds_the_205_rules_it_began_with_in_their_order(law: Law) -> None:
    seeds = [match for rule in law.rules if (match := _SEED.fullmatch(rule.id))]
    assert len(seeds) == 205
    assert Counter(match[1] for match in seeds) == SEEDS
    for source in SEEDS:
        numbers = [int(match[2]) for match in seeds if match[1] == source]
        assert numbers == list(range(1, SEEDS[source] + 1))


def test_every_rule_says_in_plain_words_what_it_is_and_how_sure_we_are(law: Law) -> None:
    for rule in law.rules:
        assert rule.sure in ("read", "partly-read", "second-hand", "assumed"), rule.id
        assert rule.what.endswith((".", "?", "!", ".”")), rule.id


def test_a_rule_that_the_register_began_with_quotes_its_source(law: Law) -> None:
    silent = {rule.id for rule in law.rules if _SEED.fullmatch(rule.id) and not rule.quote}
    assert silent == {"FRA-26", "FRB-19"}  # they tell what their source says nothing about


def test_what_we_assume_is_never_given_as_law(law: Law) -> None:
    for rule in law.rules:
        if rule.sure == "assumed":
            assert rule.id.startswith("OUR-"), rule.id
            assert not rule.quote, rule.id


def test_every_source_is_cited_and_an_old_one_says_so(law: Law) -> None:
    cited = {rule.source for rule in law.rules} | {line.source for line in law.help_lines}
    cited |= {area.source for area in law.partly_read} | {law.bank_holidays.source}
    assert [source.id for source in law.sources if source.id not in cited] == []
    for source in law.sources:
        assert source.status in ("current", "old", "undated"), source.id
        assert source.note or source.status != "old", f"{source.id} is old and does not say so"
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?|undated", source.dated), source.id


def test_all_councils_of_england_and_wales_are_there(law: Law) -> None:
    count = Counter(authority.nation for authority in law.authorities)
    assert count == {"england": 153, "wales": 22}
    assert len({authority.code for authority in law.authorities}) == 175
    for authority in law.authorities:
        assert authority.code[0] == authority.nation[0].upper(), authority.code
        assert re.fullmatch(r"[EW]\d{8}", authority.code)


def test_every_welsh_council_has_its_welsh_names(law: Law) -> None:
    welsh = [authority for authority in law.authorities if authority.nation == "wales"]
    assert [authority.code for authority in welsh if not authority.name_cy or not authority.place_cy] == []
    assert not any(authority.name_cy for authority in law.authorities if authority.nation == "england")


def test_a_year_of_bank_holidays_is_still_known(law: Law) -> None:
    last = law.calendar.last_year
    today = date.today()  # noqa: DTZ011
    left = (date(last, 12, 31) - today).days
    assert left >= 365, (
        f"the bank holidays are known to the end of {last} only, {left} days from now. "
        "Read the next years on the government’s page of bank holidays (England and Wales), add their days "
        "to flows/bank-holidays.toml, and set `read` there to the day on which you read them. If they are "
        "not out yet, work them out from the law of bank holidays, and say so in a comment there."
    )


def test_every_listed_year_has_all_its_bank_holidays(law: Law) -> None:
    days = law.bank_holidays.days
    assert list(days) == sorted(set(days))
    count = Counter(day.year for day in days)
    assert set(count) == set(range(min(count), max(count) + 1))
    for day in days:
        assert day.weekday() < 5 or (day.month, day.day) in {(12, 25), (12, 26), (1, 1)}, day
    assert all(4 <= number <= 10 for number in count.values()), count


def test_help_lines_reach_every_nation(law: Law) -> None:
    for nation in ("england", "wales"):
        kinds = {kind for line in law.help_lines if nation in line.nations for kind in line.kinds}
        gaps = {gap.kind for gap in law.help_gaps if nation in gap.nations}
        assert {"advice", "ombudsman", "danger"} <= kinds | gaps, nation
    for line in law.help_lines:
        assert line.phone or line.web or line.email or line.sms or line.post or line.note, line.id
        assert line.status in ("A", "B")
