"""Synthetic traces as OTLP/JSON lines, one request a line, for scripts/bench-analysis."""
import gzip
import random


def shape(spans):
    """(parent, service, kind, name, start, end) of each span of a trace, times in units of the root's length."""
    nodes = [(-1, 0, 2, "GET /cart", 0.0, 1.0)]
    frontier = [0]
    rng = random.Random(spans)
    while len(nodes) < spans:
        parent = frontier.pop(0)
        _, service, _, _, start, end = nodes[parent]
        room = min(4, spans - len(nodes))
        step = (end - start) * 0.9 / max(room, 1)
        for index in range(room):
            child = (start + (end - start) * 0.05 + index * step, step * 0.9)
            if nodes[parent][2] == 3 and index == 0:
                nodes.append((parent, (service + 1) % 12, 2, f"serve {rng.randrange(6)}", child[0], child[0] + child[1]))
            else:
                nodes.append((parent, service, 3, f"call {rng.randrange(6)}", child[0], child[0] + child[1]))
            frontier.append(len(nodes) - 1)
            if nodes[parent][2] == 3:
                break
    return nodes


def write(path, spans, per_trace, seed, slow=1.0, spans_a_line=8_000):
    """Writes `spans` spans in traces of `per_trace`; service 2's own work takes `slow` times as long."""
    rng = random.Random(seed)
    nodes = shape(per_trace)
    services = sorted({node[1] for node in nodes})
    traces_a_line = max(1, spans_a_line // per_trace)
    left, number = max(1, spans // per_trace), 0
    with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
        while left > 0:
            parts = {service: [] for service in services}
            for _ in range(min(left, traces_a_line)):
                number += 1
                left -= 1
                trace = f"{rng.getrandbits(128):032x}"
                base = 1_700_000_000_000_000_000 + number * 1_000_000
                length = 50e6 * rng.uniform(0.8, 1.3) * slow
                for index, (parent, service, kind, name, start, end) in enumerate(nodes):
                    up = f'"parentSpanId":"{parent + 1:016x}",' if parent >= 0 else ""
                    parts[service].append(
                        f'{{"traceId":"{trace}","spanId":"{index + 1:016x}",{up}"name":"{name}","kind":{kind},'
                        f'"startTimeUnixNano":"{base + int(start * length)}","endTimeUnixNano":"{base + int(end * length)}",'
                        f'"attributes":[{{"key":"http.route","value":{{"stringValue":"/cart"}}}}]}}'
                    )
            resources = ",".join(
                f'{{"resource":{{"attributes":[{{"key":"service.name","value":{{"stringValue":"service-{service}"}}}}]}},'
                f'"scopeSpans":[{{"spans":[{",".join(spans)}]}}]}}'
                for service, spans in parts.items()
            )
            file.write(f'{{"resourceSpans":[{resources}]}}\n')
