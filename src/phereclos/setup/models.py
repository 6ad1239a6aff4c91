"""The link that makes the first operator."""

from django.db import models
from django.utils import timezone


class OperatorLink(models.Model):
    """The digest of a one-time link; the link itself is printed once and kept nowhere."""

    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)
