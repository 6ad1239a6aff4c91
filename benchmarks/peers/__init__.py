"""The engine and the libraries it is measured against, each in a process of its own that waits for orders.

Orders come as lines of JSON on standard input, and each is answered with one line:

    {"prepare": {"contexts", "seed", "issuer", "method", "created", "now"}}  ->  {"works": [name, …], "about": text}
    {"inputs": {work: [text, …]}}                                            ->  {}
    {"try": work, "text": text}                                              ->  {"output": text or bool} or {"error"}
    {"run": work, "from": place, "times": n}                                 ->  {"ns": elapsed}
    {"memory": true}                                                         ->  {"peak_kb": number}

`issue` and `jwt_issue` take the unsigned credential as JSON text and give the signed text; `verify` and `jwt_verify`
take the signed text and give whether it holds; `verify_unknown` is `verify` with documents of ever new shapes. Each
input is parsed anew every time; keys and contexts are at hand. What is counted is the processor's time, all threads of
the process together: whatever else the machine does is nobody's fault. On an idle core it is the time that passes.
"""
