"""A mail server that takes every mail and lets a test read it: real SMTP (RFC 5321) on loopback, nothing is sent on."""

from __future__ import annotations

import email
import email.policy
import re
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

AGAINST_HANGING = 60.0
LINK = re.compile(r"http://127\.0\.0\.1:\d+/\S*")
CODE = re.compile(r"^\s*([A-Z0-9]{3,6}-?[A-Z0-9]{3,6})\s*$", re.MULTILINE)


class Mailbox(socketserver.ThreadingTCPServer):
    """Mails by recipient, in the order in which they came; each is read once by `next_for`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: dict[str, list[EmailMessage]] = {}
        self.came = threading.Condition()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def take(self, recipient: str, message: EmailMessage) -> None:
        with self.came:
            self.mails.setdefault(recipient.lower(), []).append(message)
            self.came.notify_all()

    def next_for(self, recipient: str) -> str:
        """Subject and text of the oldest unread mail to this mailbox; waits for the background worker to send it."""
        deadline = time.monotonic() + AGAINST_HANGING
        with self.came:
            while not self.mails.get(recipient):
                left = deadline - time.monotonic()
                assert left > 0, f"no mail came for {recipient}; there are {list(self.mails)}"
                self.came.wait(left)
            message = self.mails[recipient].pop(0)
        body = message.get_body(("plain",))
        assert body is not None
        return f"{message['Subject']}\n\n{body.get_content()}"

    def code_for(self, recipient: str) -> str:
        """The sign-in code in the next mail."""
        text = self.next_for(recipient)
        found = CODE.search(text.split("\n", 1)[1])
        assert found, text
        return found[1]

    def link_for(self, recipient: str, part: str) -> str:
        """The first link in the next mail whose address holds `part`; mails without one are passed over."""
        while True:
            text = self.next_for(recipient)
            found = next((link for link in LINK.findall(text) if part in link), None)
            if found:
                return found.rstrip(".,)")


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


class _Conversation(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self._say("220 tests")
        recipients: list[str] = []
        while line := self.rfile.readline().decode("ascii", "replace").strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                recipients.append(line[line.index("<") + 1 : line.index(">")])
            if verb == "DATA":
                self._say("354 go on")
                message = email.message_from_bytes(self._data(), policy=email.policy.default)
                for recipient in recipients:
                    self.server.take(recipient, message)
                recipients = []
            self._say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    def _data(self) -> bytes:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())
