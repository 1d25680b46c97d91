"""Where alerts go: standard output, a file of JSON lines, an Atom feed, a webhook, a mailbox."""

from __future__ import annotations

import json
import smtplib
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from legation.errors import InputError
from legation.store import Desk
from legation.store.alerts import KeptAlert, latest
from legation.study.calendar import xml

SECONDS = 10.0  # after which a webhook or mail server counts as away


def deliverer(
    desk: Desk, folder: Path, smtp: str = "", say: Callable[[str], None] = print
) -> Callable[[KeptAlert, str], None]:
    """The function that `running.run` delivers with.

    `folder`: where relative paths of `file:` and `atom:` begin. `smtp`: the mail server,
    "smtp://user:password@host:587?from=desk@example.org" (smtps:// for TLS from the start).
    """

    def deliver(alert: KeptAlert, target: str) -> None:
        kind, _, rest = target.partition(":")
        if target == "stdout":
            say(text(alert))
        elif kind == "file":
            with (folder / rest).open("a", encoding="utf-8") as file:
                file.write(json.dumps(record(alert), ensure_ascii=False) + "\n")
        elif kind == "atom":
            (folder / rest).write_text(atom(latest(desk.database)), encoding="utf-8")
        elif kind == "mailto":
            send(alert, rest, smtp)
        else:
            post(alert, target)

    return deliver


def text(alert: KeptAlert) -> str:
    """An alert for people: what, why, and the sentences behind it with where they stand."""
    lines = [f"{alert.day} {alert.title}", f"    {alert.words}"]
    for told in alert.evidence:
        where = ", ".join(part for part in (told["outlet"], told["published"], told["url"]) if part)
        lines.append(f"    “{told['words']}” - {where}")
    return "\n".join(lines)


def record(alert: KeptAlert) -> dict[str, Any]:
    """An alert for machines; the body of a webhook's POST."""
    return {
        "rule": alert.rule, "key": alert.key, "day": alert.day, "title": alert.title,
        "words": alert.words, "evidence": list(alert.evidence), "fired": alert.fired,
    }  # fmt: skip


def post(alert: KeptAlert, address: str) -> None:
    """POST an alert as JSON; InputError when the other side does not take it."""
    import httpx2

    key = f"legation-{alert.n}"  # lets the receiver drop what it got twice
    try:
        answer = httpx2.post(
            address, json=record(alert), timeout=SECONDS, headers={"Idempotency-Key": key}
        )
    except httpx2.HTTPError as error:
        raise InputError(f"{_bare(address)}: {error or type(error).__name__}") from error
    if answer.status_code >= 300:
        raise InputError(f"{_bare(address)}: answered {answer.status_code}")


def send(alert: KeptAlert, to: str, smtp: str) -> None:
    """Mail an alert; InputError when no server is named or it refuses."""
    parts = urlsplit(smtp)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise InputError(
            "mail needs a server: --smtp or LEGATION_SMTP, smtp://user:password@host:587"
        )
    sender = unquote(parts.query.removeprefix("from=")) or f"legation@{parts.hostname}"
    message = EmailMessage()
    message["From"], message["To"] = sender, to
    message["Subject"] = " ".join(alert.title.split())[:200]
    message["Message-ID"] = f"<alert-{alert.n}-{alert.day}@legation>"
    message.set_content(text(alert))
    make = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        with make(parts.hostname, parts.port or 0, timeout=SECONDS) as server:
            if parts.scheme == "smtp" and parts.username:
                server.starttls()  # a password never goes out in the clear
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
    except (smtplib.SMTPException, OSError) as error:
        raise InputError(f"{parts.hostname}: {error}") from error


def atom(alerts: Iterable[KeptAlert], name: str = "Legation alerts", link: str = "") -> str:
    """An Atom feed (RFC 4287) of alerts, newest first."""
    shown = list(alerts)
    updated = max((alert.fired for alert in shown), default="1970-01-01T00:00:00Z")
    at = f'<link rel="self" href="{xml(link)}"/>' if link else ""
    entries = "".join(
        f"<entry><id>urn:legation:alert:{alert.n}</id><title>{xml(alert.title)}</title>"
        f'<updated>{xml(alert.fired)}</updated><category term="{xml(alert.rule)}"/>'
        f'<content type="text">{xml(text(alert))}</content></entry>'
        for alert in shown
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<id>urn:legation:alerts</id><title>{xml(name)}</title><updated>{xml(updated)}</updated>"
        f"<author><name>Legation</name></author>{at}{entries}</feed>\n"
    )


def _bare(address: str) -> str:
    """An address as a log may show it: without what may be a secret."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname}"
