"""The one import machine."""
