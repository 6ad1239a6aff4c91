from django.core.mail.backends.base import BaseEmailBackend


class Broken(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError
