"""A browser without a window, whose requests all go through a proxy of ours that writes them down."""

import http.server
import shutil
import subprocess
import threading
from pathlib import Path

PAGE = "http://page.test/"
PROGRAM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


class Browser:
    """A browser that can reach nothing but the pages it is given.

    Attributes
    ----------
    asked
        Addresses that were asked for, of whatever host.
    """

    def __init__(self, folder: Path):
        self._folder = folder
        self._page = b""
        self.asked = []

    def show(self, page: bytes, *options):
        """Show a page, and return the addresses that were asked for beside its own."""
        self._page = page
        self.asked.clear()
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._proxy()) as proxy:
            thread = threading.Thread(target=proxy.serve_forever)
            thread.start()
            try:
                self._run(f"--proxy-server=127.0.0.1:{proxy.server_address[1]}", *options, PAGE)
            finally:
                proxy.shutdown()
                thread.join()
        assert PAGE in self.asked
        return [address for address in self.asked if ".test" in address and address != PAGE]

    def _run(self, *options):
        fixed = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run")
        quiet = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
        profile = f"--user-data-dir={self._folder / 'profile'}"
        command = [PROGRAM, *fixed, *quiet, profile, "--proxy-bypass-list=<-loopback>", *options]
        subprocess.run(command, check=True, capture_output=True, timeout=120)

    def _proxy(self):
        browser = self

        class Proxy(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                browser.asked.append(self.path)
                found = self.path == PAGE
                self.send_response(200 if found else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(browser._page if found else b"")

            def do_CONNECT(self):
                browser.asked.append(self.path)
                self.send_error(502)

            def log_message(self, *_):
                """Keep quiet."""

        return Proxy
