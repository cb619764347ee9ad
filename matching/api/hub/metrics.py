"""What is counted of requests: route, status, seconds. Nothing of what was in them."""

import time

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEDIA_TYPE = CONTENT_TYPE_LATEST


class Metrics:
    """The counters of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route")
        self._requests = Counter(
            "valoriamo_requests", "Requests answered", (*labels, "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "valoriamo_request_seconds", "Time to the answer", labels, registry=self.registry
        )

        # Looking up the labels of a counter takes longer than counting.
        self._of: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def counted(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        found = self._of.get((method, route, status))
        if found is None:
            found = self._of[method, route, status] = (
                self._requests.labels(method, route, str(status)),
                self._seconds.labels(method, route),
            )
        requests, times = found
        requests.inc()
        times.observe(seconds)

    def text(self) -> bytes:
        """The counters, as Prometheus reads them."""
        return generate_latest(self.registry)


class Counting:
    """Counts each request by the route as it was declared: an address may hold an identifier."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count how it ended."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, began = 500, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            route = scope.get("route")
            path = "-" if route is None else str(route.path_format)
            # A method that nobody knows is somebody's text, too.
            method = scope["method"] if route is not None else "-"
            self._metrics.counted(method, path, status, time.perf_counter() - began)
