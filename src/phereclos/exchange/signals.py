"""What the floors above may listen to, inside the transaction of its cause: a receiver that fails undoes the answer."""

from django.dispatch import Signal

# kwargs: request (exchange.models.Request), representative (who said the last yes, or None when it came by a link)
request_accepted = Signal()
