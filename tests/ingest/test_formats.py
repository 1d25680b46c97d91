"""Every format gives the same story; what is broken in it is set aside with its reason."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import polars
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from legation import ingest
from legation.errors import InputError
from legation.ingest import columns, feed, markup
from legation.ingest.address import canonical
from legation.ingest.days import iso_day
from legation.story import Story
from tests.site import ARTICLE, BODY, Site

PAGE = ARTICLE.format(title="Ghana and Togo talk", day="2018-05-07T08:00:00Z", body=BODY)
ROW = {
    "text": "France condemned Mali on Monday.",
    "published": "2018-05-07",
    "title": "A",
    "id": "1",
}


def read(location: object, **options: object) -> tuple[list[Story], list[str]]:
    """The stories at a location, and what was set aside."""
    aside: list[str] = []
    found = ingest.stories(str(location), aside=aside.append, allow_private=True, **options)  # type: ignore[arg-type]
    return list(found), aside


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# tables


def test_csv_columns_are_found_by_their_usual_names(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'Headline,Date,Body\n"A","2018-05-07","One, two\nthree"\n')
    (story,), aside = read(path)
    assert (story.title, story.published, story.text) == ("A", "2018-05-07", "One, two\nthree")
    assert not aside


def test_a_mapping_names_other_columns_and_bad_rows_are_set_aside(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.tsv", "wann\twas\n2018-05-07\tgut\nneulich\tschlecht\n2018-05-08\t\n"
    )
    stories, aside = read(path, mapping=columns.mapping_of("text=was,published=wann"))
    assert [s.text for s in stories] == ["gut"]
    assert aside == [
        "a.tsv:3: published 'neulich' is not a date like 2017-11-21",
        "a.tsv:4: no text",
    ]


def test_a_table_without_text_says_which_columns_it_has(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "x,y\n1,2\n")
    with pytest.raises(InputError, match=r"there are x, y; say --map text=COLUMN"):
        read(path)


@pytest.mark.parametrize("text", ["text", "text=", "body=text"])
def test_a_wrong_mapping_is_told(text: str) -> None:
    with pytest.raises(InputError, match="--map"):
        columns.mapping_of(text)


def test_parquet_rows_become_stories(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    polars.DataFrame([{**ROW, "id": str(n)} for n in range(2_500)]).write_parquet(path)
    stories, aside = read(path)
    assert [s.id for s in stories] == [str(n) for n in range(2_500)]
    assert not aside


def test_a_damaged_parquet_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a readable Parquet"):
        read(write(tmp_path / "a.parquet", b"PAR1 broken"))


def test_json_lines_lists_and_packed_lines_are_the_same(tmp_path: Path) -> None:
    line = json.dumps(ROW)
    for path in (
        write(tmp_path / "a.jsonl", line + "\n"),
        write(tmp_path / "a.jsonl.gz", gzip.compress(line.encode())),
        write(tmp_path / "a.json", f"[{line}]"),
        write(tmp_path / "b.json", line),
    ):
        (story,), aside = read(path)
        assert (story.text, story.id, aside) == (ROW["text"], "1", [])


def test_a_packed_file_that_breaks_off_keeps_what_was_whole(tmp_path: Path) -> None:
    lines = "".join(json.dumps({**ROW, "id": str(n)}) + "\n" for n in range(5_000))
    raw = gzip.compress(lines.encode())
    stories, aside = read(write(tmp_path / "a.jsonl.gz", raw[: len(raw) // 2]))
    assert len(stories) > 100
    assert "breaks off" in aside[-1]


# archives


def warc(*records: tuple[str, bytes, str, str], packed: bool = True) -> bytes:
    """A WARC of (address, payload, status line, content type) response records."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for url, payload, status, kind in records:
        http = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                payload=io.BytesIO(payload),
                http_headers=http,
                warc_headers_dict={"WARC-Date": "2018-05-09T10:00:00Z"},
            )
        )
    return out.getvalue()


def pages(count: int) -> list[tuple[str, bytes, str, str]]:
    return [(f"http://a.example/{n}", PAGE.encode(), "200 OK", "text/html") for n in range(count)]


@pytest.mark.parametrize("ending", [".warc", ".warc.gz"])
def test_an_archive_gives_its_pages_and_passes_over_the_rest(tmp_path: Path, ending: str) -> None:
    raw = warc(
        *pages(2),
        ("http://a.example/x.png", b"\x89PNG", "200 OK", "image/png"),
        ("http://a.example/gone", b"gone", "404 Not Found", "text/html"),
        packed=ending.endswith("gz"),
    )
    stories, aside = read(write(tmp_path / f"a{ending}", raw))
    assert [s.url for s in stories] == ["http://a.example/0", "http://a.example/1"]
    assert {s.published for s in stories} == {"2018-05-07"}
    assert "flew to Lome" in stories[0].text
    assert not aside


def test_an_archive_or_a_table_may_stand_at_an_address(site: Site) -> None:
    site.give("/crawl.warc.gz", warc(*pages(3)), "application/gzip")
    row = '{"text": "Ghana\'s minister flew to Lome.", "published": "2018-05-07"}\n'
    site.give("/a.jsonl", row, "application/json")
    site.give("/b.jsonl.gz", gzip.compress(row.encode() * 2), "application/gzip")
    counts = [len(read(site.url + path)[0]) for path in ("/crawl.warc.gz", "/a.jsonl")]
    assert counts == [3, 1]
    assert len(read(site.url + "/b.jsonl.gz")[0]) == 2


def test_the_day_of_the_visit_stands_in_with_a_problem(tmp_path: Path) -> None:
    page = PAGE.replace("article:published_time", "x").replace("2018-05-07", "").encode()
    raw = warc(("http://a.example/1", page, "200 OK", "text/html"))
    (story,), _ = read(write(tmp_path / "a.warc.gz", raw))
    assert story.published == "2018-05-09"
    assert [p.code for p in story.problems] == ["date-of-archive"]


@pytest.mark.parametrize("share", [0.7, 0.75, 0.99])
@pytest.mark.parametrize("packed", [True, False])
def test_an_archive_cut_in_the_middle_gives_what_it_held_and_says_so(
    tmp_path: Path, share: float, packed: bool
) -> None:
    raw = warc(*pages(6), packed=packed)
    stories, aside = read(write(tmp_path / "a.warc.gz", raw[: int(len(raw) * share)]))
    assert 3 <= len(stories) < 6
    assert len(aside) == 1
    assert "a.warc.gz" in aside[0]


def test_a_wet_record_is_a_title_and_a_text(tmp_path: Path) -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(
        writer.create_warc_record(
            "http://a.example/1",
            "conversion",
            payload=io.BytesIO(b"Ghana and Togo talk\nThe minister flew to Lome.\n"),
            warc_content_type="text/plain",
            warc_headers_dict={"WARC-Date": "2018-05-09T10:00:00Z"},
        )
    )
    (story,), _ = read(write(tmp_path / "a.warc.wet.gz", out.getvalue()))
    assert (story.title, story.text) == ("Ghana and Togo talk", "The minister flew to Lome.")


# feeds


def rss(*items: str, name: str = "Gazette") -> str:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{name}</title>{inside}</channel></rss>"
    )


def test_a_feed_leads_to_its_pages_with_the_feeds_own_date(site: Site) -> None:
    site.give("/1", PAGE)
    item = f"<title>Talks</title><link>{site.url}/1?utm_source=rss</link>"
    site.give("/feed", rss(item + "<pubDate>Tue, 08 May 2018 01:00:00 +0200</pubDate>"), "text/xml")
    (story,), aside = read(site.url + "/feed")
    assert (story.published, story.title, story.outlet) == ("2018-05-08", "Talks", "Gazette")
    assert story.url == site.url + "/1"
    assert "flew to Lome" in story.text
    assert not aside


def test_an_items_own_full_text_needs_no_visit(site: Site) -> None:
    content = f"<content:encoded><![CDATA[{BODY * 2}]]></content:encoded>"
    site.give("/feed", rss(f"<link>{site.url}/1</link>{content}"), "application/rss+xml")
    (story,), _ = read(site.url + "/feed")
    assert story.text.startswith("The foreign minister of Ghana flew to Lome on Monday")
    assert "\n\nTogo had shut" in story.text
    assert site.paths() == ["/feed"]


def test_a_page_that_fails_leaves_the_teaser_with_a_problem(site: Site) -> None:
    item = "<title>T</title><link>{}/none</link><description>{}</description>"
    site.give("/feed", rss(item.format(site.url, "Ghana warned Togo."), item.format(site.url, "")))
    (story,), aside = read(site.url + "/feed")
    assert (story.text, story.problems[0].code) == ("Ghana warned Togo.", "teaser-only")
    assert "404" in aside[0]


def test_known_addresses_are_not_visited_again(site: Site) -> None:
    site.give("/feed", rss(f"<link>{site.url}/1</link>"))
    stories, _ = read(site.url + "/feed", known=lambda address: address == site.url + "/1")
    assert (stories, site.paths()) == ([], ["/feed"])


def test_atom_and_json_feeds_are_read(tmp_path: Path) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>G</title><entry><id>tag:1</id>'
        f"<updated>2018-05-08T00:00:00Z</updated><content type='html'>{BODY.replace('<', '&lt;')}"
        "</content></entry></feed>"
    )
    jsonfeed = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "G",
            "items": [{"id": 7, "content_html": BODY, "date_published": "2018-05-08T00:00:00Z"}],
        }
    )
    for name, content, key in (("a.atom", atom, "tag:1"), ("a.json", jsonfeed, "7")):
        (story,), aside = read(write(tmp_path / name, content))
        assert (story.id, story.published, story.outlet, aside) == (key, "2018-05-08", "G", [])


@pytest.mark.parametrize("entity", ['<!ENTITY a "b">', '<!ENTITY x SYSTEM "file:///etc/passwd">'])
def test_entities_in_feeds_and_sitemaps_are_refused(tmp_path: Path, entity: str) -> None:
    bad = f'<?xml version="1.0"?><!DOCTYPE r [{entity}]>'
    for body in (rss("<title>&a;</title>").partition("?>")[2], "<urlset><url/></urlset>"):
        with pytest.raises(InputError, match="entities"):
            read(write(tmp_path / "bad.xml", bad + body))


def test_malformed_rss_gives_what_can_be_read(tmp_path: Path) -> None:
    broken = rss(f"<title>A</title><description>{'War & peace. ' * 9}</description>")[:-20]
    (story,), _ = read(write(tmp_path / "a.rss", broken))
    assert story.text.startswith("War & peace")


def test_plain_text_of_markup_keeps_paragraphs_and_drops_scripts() -> None:
    piece = "<p>One &amp; two</p><script>alert(1)</script><ul><li>a</li><li>b</li></ul>tail"
    assert markup.plain(piece) == "One & two\n\na\n\nb\n\ntail"


# sitemaps, wires, lists, folders


def test_a_sitemap_index_leads_to_its_pages(site: Site) -> None:
    news = (
        "<n:news><n:publication><n:name>Gazette</n:name></n:publication>"
        "<n:publication_date>2018-05-08</n:publication_date><n:title>Talks</n:title></n:news>"
    )
    site.give("/1", PAGE)
    site.give("/map.xml", f"<sitemapindex><sitemap><loc>{site.url}/a.xml.gz</loc></sitemap>"
              f"<sitemap><loc>{site.url}/missing.xml</loc></sitemap></sitemapindex>")  # fmt: skip
    inner = f'<urlset xmlns:n="x"><url><loc>{site.url}/1</loc>{news}</url></urlset>'
    site.give("/a.xml.gz", gzip.compress(inner.encode()), "application/gzip")
    (story,), aside = read(site.url + "/map.xml")
    assert (story.published, story.outlet) == ("2018-05-08", "Gazette")
    assert len(aside) == 1
    assert "404" in aside[0]


NITF = (
    "<nitf><head><docdata><doc-id id-string='w1'/><date.issue norm='20180507T0800Z'/></docdata>"
    "</head><body><body.head><hedline><hl1>Talks</hl1></hedline><dateline><location>LOME</location>"
    "</dateline></body.head><body.content><p>One.</p><p>Two.</p></body.content></body></nitf>"
)


def test_nitf_and_newsml_g2_are_read_and_withdrawn_items_set_aside(tmp_path: Path) -> None:
    (story,), _ = read(write(tmp_path / "a.xml", NITF))
    assert (story.id, story.title, story.published) == ("w1", "Talks", "2018-05-07")
    assert story.text == "LOME - One.\n\nTwo."
    item = (
        "<newsItem guid='urn:{0}'><itemMeta><provider><name>Wire</name></provider>"
        "<pubStatus qcode='stat:{1}'/></itemMeta><contentMeta><contentCreated>2018-05-08T01:00:00Z"
        "</contentCreated><headline>H</headline><language tag='en-GB'/></contentMeta><contentSet>"
        "<inlineXML>" + NITF + "</inlineXML></contentSet></newsItem>"
    )
    both = f"<newsMessage>{item.format(1, 'usable')}{item.format(2, 'canceled')}</newsMessage>"
    (story,), aside = read(write(tmp_path / "b.xml", both))
    assert (story.id, story.published, story.outlet) == ("urn:1", "2018-05-08", "Wire")
    assert "withdrawn" in aside[0]


def test_lists_of_addresses_and_gdelt_files_visit_each_page_once(
    site: Site, tmp_path: Path
) -> None:
    site.give("/1", PAGE)
    gdelt = "\t".join(["x"] * 60 + [f"{site.url}/1"])
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("2018.export.CSV", f"{gdelt}\n{gdelt}\n")
    for name, content in (
        ("a.txt", f"{site.url}/1\n{site.url}/1#top\n"),
        ("2018.export.CSV.zip", archive.getvalue()),
    ):
        site.visits.clear()
        stories, _ = read(write(tmp_path / name, content))
        assert [s.url for s in stories] == [site.url + "/1"]
        assert site.paths() == ["/1"]


def test_a_folder_is_read_in_order_and_tells_what_it_left_alone(tmp_path: Path) -> None:
    write(tmp_path / "b" / "two.md", "# Two\n\nText two.")
    write(tmp_path / "a.txt", "Text one.")
    write(tmp_path / "c.txt", bytes(range(256)) * 40)
    write(tmp_path / "photo.jpg", b"\xff\xd8")
    write(tmp_path / ".hidden.txt", "no")
    stories, aside = read(tmp_path)
    assert [(s.id, s.text) for s in stories] == [("a.txt", "Text one."), ("b/two.md", "Text two.")]
    assert any("c.txt: binary" in message for message in aside)
    assert any("1 .jpg" in message for message in aside)


def test_a_page_says_more_of_itself_in_json_ld(tmp_path: Path) -> None:
    data = {"@graph": [{"@type": "NewsArticle", "headline": "H", "publisher": {"name": "P"}}]}
    script = f"<script type='application/ld+json'>{json.dumps(data)}</script></head>"
    (story,), _ = read(write(tmp_path / "a.html", PAGE.replace("</head>", script)))
    assert (story.title, story.outlet) == ("H", "P")


def test_a_page_without_article_names_its_feeds(site: Site) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/rss">'
    site.give("/", f"<html><head>{link}</head><body></body></html>")
    with pytest.raises(InputError, match="offers the feed /rss"):
        read(site.url + "/")


# small helpers


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2017-11-21T23:30:00+03:00", "2017-11-21"),
        ("20171121T0900Z", "2017-11-21"),
        ("Tue, 21 Nov 2017 09:00:00 GMT", "2017-11-21"),
        ("21.11.2017", ""),
        ("2017-13-01", ""),
        ("", ""),
    ],
)
def test_machine_dates_become_days(written: str, day: str) -> None:
    assert iso_day(written) == day


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("HTTP://A.example:80/x?utm_source=b&id=3&fbclid=q#top", "http://a.example/x?id=3"),
        ("https://a.example", "https://a.example/"),
        ("mailto:a@b", "mailto:a@b"),
        ("", ""),
    ],
)
def test_one_page_has_one_address(written: str, wanted: str) -> None:
    assert canonical(written) == wanted


def test_feed_is_recognised_only_as_such() -> None:
    assert feed.looks_like(b"<?xml version='1.0'?>\n<rss version='2.0'>")
    assert not feed.looks_like(b"<html><body><p>feed</p>")
