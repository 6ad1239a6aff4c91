"""Measurements, never tests: ratios and times with n and spread, on a machine that is named."""
