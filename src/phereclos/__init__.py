"""The platform: one living system for a local education cluster."""
