"""Bytes → text → reflowed text."""
