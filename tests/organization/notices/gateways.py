"""Gateways on loopback (本机网关): they write down what they are told and answer what they were given."""

from __future__ import annotations

import json
import socketserver
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


class Gateway(ThreadingHTTPServer):
    """A service of somebody else's (对方服务): `answers` are taken in turn, the last one stays."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Ear)
        self.asked, self.answers = [], []
        self.base = f"http://127.0.0.1:{self.server_port}"

    def says(self, *answers):
        """Set what is answered: an object as JSON, or (status, headers, bytes, seconds of waiting)."""
        self.asked.clear()
        self.answers = [each if isinstance(each, tuple) else (200, {}, json.dumps(each).encode(), 0)
                        for each in answers]
        return self

    @property
    def paths(self):
        return [each["path"] for each in self.asked]


class Ear(BaseHTTPRequestHandler):
    """What the gateway hears (请求)."""

    def do_POST(self):
        length = int(self.headers.get("Content-Length") or 0)
        body, at = self.rfile.read(length), urlsplit(self.path)
        form = self.headers.get("Content-Type", "").startswith("application/x-www-form")
        self.server.asked.append({
            "method": self.command, "path": at.path, "headers": dict(self.headers.items()),
            "query": {name: value[0] for name, value in parse_qs(at.query).items()},
            "body": {} if not body else {n: v[0] for n, v in parse_qs(body.decode()).items()} if form
            else json.loads(body)})
        answers = self.server.answers
        status, headers, said, wait = answers.pop(0) if len(answers) > 1 else answers[0]
        time.sleep(wait)
        try:
            self.send_response(status)
            for name, value in ({"Content-Length": str(len(said))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)
        except OSError:
            pass  # the other side has hung up, as it should

    do_GET = do_POST

    def log_message(self, *_said):
        """Say nothing."""


class Post(socketserver.StreamRequestHandler):
    """One talk with a mail server (SMTP 会话)."""

    def handle(self):
        self.say("220 box")
        for line in self.rfile:
            word = line.decode().strip()
            self.server.heard.append(word)
            verb = word.split(" ")[0].upper()
            if verb == "EHLO":
                self.say("250-box\r\n250 AUTH PLAIN")
            elif verb == "DATA":
                self.say("354 go on")
                for part in self.rfile:
                    if part.strip() == b".":
                        break
                    self.server.heard.append(part.decode().rstrip())
                self.say(self.server.verdicts.get("DATA", "250 taken"))
            else:
                self.say(self.server.verdicts.get(verb, "250 well"))
            if verb == "QUIT":
                return

    def say(self, word):
        self.wfile.write(word.encode() + b"\r\n")


@contextmanager
def standing(server):
    """Let a server stand while a test runs (运行期间)."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def dripping(part: bytes):
    """Return a service that says one thing, then bit by bit the same again, without an end (滴漏的答复)."""

    class Drip(socketserver.BaseRequestHandler):
        def handle(self):
            try:
                for _ in range(100):
                    self.request.sendall(part)
                    time.sleep(0.1)
            except OSError:
                pass

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Drip)
    server.daemon_threads, server.block_on_close = True, False
    server.base = f"http://127.0.0.1:{server.server_address[1]}"
    return server


@contextmanager
def postbox(**verdicts):
    """A mail server (邮件服务器) with some answers of its own."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post)
    server.daemon_threads = True
    server.heard, server.verdicts = [], verdicts
    with standing(server):
        yield server
