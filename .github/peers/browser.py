"""What a reader waits for: a browser on a slow phone, and a host of static files."""

import contextlib
import gzip
import http.server
import json
import mimetypes
import re
import subprocess
import threading
import time
import urllib.error
import urllib.request


class Server(http.server.ThreadingHTTPServer):
    """Serves a folder compressed, as any host of static files does."""

    def __init__(self, folder):
        self.folder = folder
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self):
        path = self.path.split("?")[0].strip("/")
        file = self.server.folder / path
        file = file / "index.html" if file.is_dir() else file
        found = file.is_file()
        body = gzip.compress(file.read_bytes(), 9) if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", (mimetypes.guess_type(file.name)[0] or "application/octet-stream") + "; charset=utf-8")
        if found:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass

    def handle(self):
        # The browser ends with requests under way.
        with contextlib.suppress(ConnectionError):
            super().handle()


# Runs in the page before its own scripts.
OBSERVE = """
window.measured = { lcp: 0, shift: 0, tasks: [] };
const watch = (type, each) => new PerformanceObserver(list => list.getEntries().forEach(each)).observe({ type, buffered: true });
watch('largest-contentful-paint', entry => { measured.lcp = entry.startTime; });
watch('layout-shift', entry => { if (!entry.hadRecentInput) measured.shift += entry.value; });
watch('longtask', entry => measured.tasks.push([entry.startTime, entry.duration]));
"""
REPORT = """
const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
const files = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
const text = files.filter(file => /\\.(html|css|js|mjs)$/.test(new URL(file.name).pathname.replace(/\\/$/, '/x.html')) || file.entryType === 'navigation');
return {
    KB: text.reduce((sum, file) => sum + file.encodedBodySize, 0) / 1000,
    requests: files.length,
    FCP: paint,
    LCP: measured.lcp,
    TBT: measured.tasks.reduce((sum, [start, length]) => sum + (start + length > paint ? Math.max(0, length - 50) : 0), 0),
    CLS: measured.shift,
};
"""


class Browser:
    """Chromium on a slow phone, by ChromeDriver."""

    def __enter__(self):
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, text=True)
        for line in self.driver.stdout:
            if found := re.search(r"started successfully on port (\d+)", line):
                self.address = f"http://127.0.0.1:{found[1]}"
                break
        return self

    def __exit__(self, *_):
        self.driver.terminate()
        self.driver.wait()

    def call(self, method, path, value=None):
        body = None if value is None else json.dumps(value).encode()
        request = urllib.request.Request(self.address + path, method=method, data=body, headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=300) as answer:
            return json.load(answer)["value"]

    @contextlib.contextmanager
    def session(self, strategy="normal"):
        """A fresh profile on a slow phone's screen; `strategy` says what opening an address waits for."""
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
                     "--disable-dev-shm-usage", "--window-size=412,823"]
        options = {"args": arguments, "binary": "/usr/bin/chromium"}
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options, "pageLoadStrategy": strategy}}}
        session = Session(self, "/session/" + self.call("POST", "/session", wanted)["sessionId"])
        try:
            session.protocol("Emulation.setDeviceMetricsOverride", width=412, height=823, deviceScaleFactor=1.75, mobile=True)
            yield session
        finally:
            self.call("DELETE", session.path)

    def first_visit(self, address):
        """What a reader who has never been there waits for."""
        with self.session("none") as session:
            session.slow_down(4)
            session.protocol("Network.enable")
            session.protocol("Network.emulateNetworkConditions", offline=False, latency=150, downloadThroughput=204800, uploadThroughput=96000)
            session.protocol("Page.enable")
            session.protocol("Page.addScriptToEvaluateOnNewDocument", source=OBSERVE)
            session.open(address)
            for _ in range(120):
                # Between two documents no script runs.
                with contextlib.suppress(urllib.error.HTTPError):
                    if session.run("return location.href !== 'about:blank' && document.readyState === 'complete' && performance.now() > 8000"):
                        return session.run(REPORT)
                time.sleep(0.5)
            raise TimeoutError(f"{address} isn't loaded after a minute")


class Session:
    def __init__(self, browser, path):
        self.browser, self.path = browser, path

    def call(self, path, **value):
        return self.browser.call("POST", self.path + path, value)

    def protocol(self, command, **parameters):
        """A command of the DevTools protocol."""
        return self.call("/goog/cdp/execute", cmd=command, params=parameters)

    def slow_down(self, rate):
        self.protocol("Emulation.setCPUThrottlingRate", rate=rate)

    def open(self, address):
        self.call("/url", url=address)

    def run(self, script, *arguments):
        """What a script of the page returns."""
        return self.call("/execute/sync", script=script, args=arguments)

    def wait_for(self, script, *arguments):
        """What a script of the page hands to its last argument, a function."""
        return self.call("/execute/async", script=script, args=arguments)
