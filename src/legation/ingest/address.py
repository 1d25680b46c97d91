"""One page, one address: web addresses without what only tells how a reader came to them."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = frozenset(
    ["fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid", "ref", "cmpid", "ocid"]
)  # query fields that name the way to a page, never the page
_PORTS = {"http": ":80", "https": ":443"}


def canonical(url: str, base: str = "") -> str:
    """The address in one spelling: absolute, host in lower case, no fragment, no tracking fields.

    "" stays ""; what is no http(s) address is returned as it is.
    """
    url = url.strip()
    if not url:
        return ""
    try:
        url = urljoin(base, url) if base else url
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme.lower() not in _PORTS:
        return url
    scheme = parts.scheme.lower()
    host = parts.netloc.lower().removesuffix(_PORTS[scheme])
    fields = parse_qsl(parts.query, keep_blank_values=True)
    kept = [
        (k, v) for k, v in fields if not (k.lower().startswith("utm_") or k.lower() in _TRACKING)
    ]
    query = parts.query if len(kept) == len(fields) else urlencode(kept)
    return urlunsplit((scheme, host, parts.path or "/", query, ""))
