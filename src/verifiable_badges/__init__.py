"""Open Badges and Verifiable Credentials: issue, bake and verify. No Django, no network, no clock of its own."""
