"""The engine behind the VC-API, so that the suites of W3C and others can be run against it.

    python -m tests.conformance --port 40443 --base-url https://engine.example

It signs with keys that are published below, so what it signs proves nothing. `--base-url` is where the world reaches
this server through https; credentials then get a place in a status list that is served there. Without it they do not.

Here HTTP is mapped to the engine and nothing else: every rule that a document is measured by is the engine's own.
As the suites demand, who signed is not compared with the issuer named; a badge's reader must do that (`verify` does).
"""
