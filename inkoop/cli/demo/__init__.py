"""The demo: worked examples played through the real services and flows, on stores of their own."""
