"""A small news site on this machine, well and badly behaved, for the fetcher to visit."""

import gzip
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]

ARTICLE = (
    "<html><head><title>{title}</title><meta property='article:published_time' content='{day}'>"
    "</head><body><nav>Home News Sport</nav><article><h1>{title}</h1>{body}</article></body></html>"
)
BODY = (
    "<p>The foreign minister of Ghana flew to Lome on Monday for talks about the closed border, "
    "officials in both capitals said.</p><p>Togo had shut the crossing at Aflao in March after a "
    "customs post was burned down. Traders on both sides have complained of heavy losses since.</p>"
    "<p>The two governments agreed to meet again in June, a statement read out in Lome said.</p>"
)


class Site:
    """Answers by path; `visits` lists the paths asked for, in order, with their headers."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.visits: list[tuple[str, dict[str, str]]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.visits.append((self.path, dict(self.headers)))
                answer = site.answers.get(self.path)
                if answer:
                    answer(self)
                else:
                    self.send_error(404)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                pass  # a client that hangs up is what some tests want

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def give(self, path: str, body: str | bytes, kind: str = "text/html", **headers: str) -> None:
        """Answer `path` with a body; keyword names with _ for - are headers."""
        raw = body.encode() if isinstance(body, str) else body

        def answer(request: BaseHTTPRequestHandler) -> None:
            request.send_response(200)
            request.send_header("Content-Type", kind)
            request.send_header("Content-Length", str(len(raw)))
            for name, value in headers.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(raw)

        self.answers[path] = answer

    def paths(self) -> list[str]:
        """The paths visited, robots.txt left out."""
        return [path for path, _ in self.visits if path != "/robots.txt"]


def bomb(megabytes: int) -> bytes:
    """A gzip body of a few kilobytes that unpacks to many megabytes."""
    return gzip.compress(bytes(megabytes * 1_000_000), 9)


def drip(seconds: float) -> Answer:
    """An answer that sends a byte now and then and never ends by itself."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            request.wfile.write(b" ")
            request.wfile.flush()
            time.sleep(0.05)

    return answer
