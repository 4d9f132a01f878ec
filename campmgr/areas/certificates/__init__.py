"""Certificates: issued, printed, checked with no network, revoked."""
