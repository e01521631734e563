"""Facts → what people and programs read."""
