"""The pages of the exchange, by noun."""
