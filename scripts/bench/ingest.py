"""Posts pre-serialised OTLP requests at receivers and measures what a span costs them.

Each request is 1,000 spans of 3 services with 8 attributes a span, one of them different in every span. 64 requests are
serialised before anything is measured; between sends only the first half of the trace ids is replaced, so that every
request is of new traces. CPU is user and system time of the receiving process from /proc, so what this program uses
itself does not count.
"""
import argparse, json, os, random, re, signal, socket, statistics, struct, subprocess, sys, tempfile, time

import grpc
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

SPANS_PER_REQUEST = 1_000
DISTINCT_REQUESTS = 64
TRACE_MARK = b"\xfdMARK\xfe\x01\x02"  # The high half of every serialised trace id; replaced before each send.
METHOD = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
TICKS = os.sysconf("SC_CLK_TCK")


def attribute(target, key, value):
    pair = target.attributes.add()
    pair.key = key
    if isinstance(value, int):
        pair.value.int_value = value
    else:
        pair.value.string_value = value


def serialised_request(number, rng):
    """10 traces a 100 spans would be odd; real traces of such a shop have 10."""
    request = ExportTraceServiceRequest()
    services = []
    for name in ("frontend", "orders", "catalog"):
        resource_spans = request.resource_spans.add()
        attribute(resource_spans.resource, "service.name", name)
        attribute(resource_spans.resource, "service.instance.id", f"{name}-1")
        attribute(resource_spans.resource, "telemetry.sdk.language", "go")
        scope = resource_spans.scope_spans.add()
        scope.scope.name = "bench"
        services.append(scope)
    start = 1_800_000_000_000_000_000
    for index in range(SPANS_PER_REQUEST):
        scope = services[index % 3]
        span = scope.spans.add()
        span.trace_id = TRACE_MARK + struct.pack(">Q", (number * 100 + index // 10) * 0x9E3779B97F4A7C15 & 2**64 - 1)
        span.span_id = struct.pack(">Q", rng.getrandbits(64) | 1)
        if index % 10:
            span.parent_span_id = struct.pack(">Q", rng.getrandbits(64) | 1)
        route = f"/api/v1/resource{index % 12}/{{id}}"
        span.name = f"GET {route}"
        span.kind = 2 if index % 2 else 3
        span.start_time_unix_nano = start + index * 1_000_000
        span.end_time_unix_nano = span.start_time_unix_nano + rng.randrange(1_000, 90_000_000)
        span.flags = 0x101
        attribute(span, "http.request.method", "GET")
        attribute(span, "http.route" if span.kind == 2 else "url.template", route)
        attribute(span, "url.path", f"/api/v1/resource{index % 12}/{rng.randrange(10**9)}")
        attribute(span, "http.response.status_code", rng.choice([200, 200, 200, 201, 404, 500]))
        attribute(span, "server.address", f"{rng.choice(['a', 'b', 'c'])}.shop.internal")
        attribute(span, "server.port", 8080)
        attribute(span, "network.protocol.version", "1.1")
        attribute(span, "thread.id", rng.randrange(64))
        if index % 50 == 0:
            span.status.code = 2
    return request.SerializeToString()


def cpu_seconds(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_bytes(pid, field="VmRSS"):
    status = open(f"/proc/{pid}/status").read()
    return int(re.search(rf"{field}:\s+(\d+)", status).group(1)) * 1024


class HTTP:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, body):
        head = (
            b"POST /v1/traces HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-protobuf\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body)
        )
        self.socket.sendall(head + body)
        answer = b""
        while b"\r\n\r\n" not in answer:
            piece = self.socket.recv(65536)
            if not piece:
                raise SystemExit("bench-ingest: the receiver hung up")
            answer += piece
        head, _, rest = answer.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"bench-ingest: {answer[:300]!r}")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        left = int(length.group(1)) - len(rest) if length else 0
        while left > 0:
            left -= len(self.socket.recv(65536))
        if length and int(length.group(1)) > 0 and rest:
            raise SystemExit(f"bench-ingest: a partial success: {rest[:300]!r}")


class GRPC:
    def __init__(self, port):
        options = [("grpc.max_send_message_length", -1)]
        self.call = grpc.insecure_channel(f"127.0.0.1:{port}", options=options).unary_unary(METHOD)

    def send(self, body):
        if self.call(body, timeout=60):
            raise SystemExit("bench-ingest: a partial success")


def wait_for(port, process):
    for _ in range(200):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None:
                raise SystemExit("bench-ingest: the receiver ended at once")
            time.sleep(0.05)
    raise SystemExit(f"bench-ingest: nothing listens on {port}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def measure(name, command, port, client, bodies, requests, environment=None):
    log = tempfile.TemporaryFile()
    process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **(environment or {})})
    try:
        wait_for(port, process)
        sender = client(port)
        # Warm up: first connection, first allocations, caches of names.
        for number in range(20):
            sender.send(bodies[number % len(bodies)].replace(TRACE_MARK, struct.pack(">Q", 1_000_000 + number)))
        memory = resident_bytes(process.pid)
        cpu, began = cpu_seconds(process.pid), time.monotonic()
        for number in range(requests):
            sender.send(bodies[number % len(bodies)].replace(TRACE_MARK, struct.pack(">Q", number + 1)))
        elapsed = time.monotonic() - began
        # Rotel answers before it has decoded and exported; idle time costs the others nothing.
        time.sleep(1)
        cpu = cpu_seconds(process.pid) - cpu
        spans = requests * SPANS_PER_REQUEST
        result = {
            "name": name,
            "spans_per_s": spans / elapsed,
            "cpu_s_per_mspan": cpu / spans * 1e6,
            "rss_growth_bytes_per_span": (resident_bytes(process.pid) - memory) / spans,
        }
        process.send_signal(signal.SIGINT)
        process.wait(20)
        log.seek(0)
        stored = re.findall(rb"(\d+) stored in (\d+) bytes", log.read())
        if stored and int(stored[-1][0]) > 0:
            result["bytes_per_stored_span"] = int(stored[-1][1]) / int(stored[-1][0])
            result["stored"] = int(stored[-1][0]) / (spans + 20 * SPANS_PER_REQUEST)
        text = ", ".join(f"{key} {value:.3g}" for key, value in result.items() if key not in ("name", "spans_per_s"))
        print(f"{name:14} {result['spans_per_s']:>10,.0f} spans/s, {text}", flush=True)
        return result
    finally:
        process.kill()
        process.wait()


def run_round(arguments, bodies):
    """Each receiver once, in turn; what was measured, by name."""
    results = {}
    for transport, client in (("http", HTTP), ("grpc", GRPC)):
        if transport not in arguments.only:
            continue
        ports = {"http": free_port(), "grpc": free_port()}
        command = [arguments.plimsoll, "receive", "--http", str(ports["http"]), "--grpc", str(ports["grpc"])]
        command += ["--store-mib", "1024"]
        results[transport] = measure(
            f"plimsoll {transport}", command, ports[transport], client, bodies, arguments.requests
        )
    if arguments.rotel and "rotel" in arguments.only:
        port = free_port()
        command = [
            arguments.rotel, "start", "--otlp-http-endpoint", f"127.0.0.1:{port}",
            "--otlp-grpc-endpoint", f"127.0.0.1:{free_port()}", "--exporter", "blackhole",
        ]
        results["rotel"] = measure("rotel http", command, port, HTTP, bodies, max(100, arguments.requests // 2))
    return results


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plimsoll", required=True, help="the optimised executable")
    parser.add_argument("--rotel", default="", help="Rotel's agent; left out when not given")
    parser.add_argument("--requests", type=int, default=1_000, help="of 1,000 spans each, for each receiver")
    parser.add_argument("--only", default="http,grpc,rotel")
    parser.add_argument("--repeats", type=int, default=5, help="rounds, of which medians are told")
    arguments = parser.parse_args()
    rng = random.Random(4)
    bodies = [serialised_request(number, rng) for number in range(DISTINCT_REQUESTS)]
    print(f"{len(bodies[0]) / SPANS_PER_REQUEST:.0f} bytes a span on the wire, {arguments.requests} requests", flush=True)
    rounds = [run_round(arguments, bodies) for _ in range(arguments.repeats)]
    summary = {}

    def median(key, value):
        values = [value(results) for results in rounds if key <= set(results)]
        if values:
            return statistics.median(values)

    # Ratios are taken within a round, so that a slow minute of the machine hits both sides.
    for name, digits, key, value in (
        ("http_cpu_s_per_mspan", 3, {"http"}, lambda r: r["http"]["cpu_s_per_mspan"]),
        ("grpc_cpu_s_per_mspan", 3, {"grpc"}, lambda r: r["grpc"]["cpu_s_per_mspan"]),
        ("rotel_cpu_s_per_mspan", 3, {"rotel"}, lambda r: r["rotel"]["cpu_s_per_mspan"]),
        ("http_spans_per_s", 0, {"http"}, lambda r: r["http"]["spans_per_s"]),
        ("bytes_per_span", 1, {"http"}, lambda r: r["http"]["bytes_per_stored_span"]),
        ("rss_growth_bytes_per_span", 1, {"http"}, lambda r: r["http"]["rss_growth_bytes_per_span"]),
        ("vs_rotel", 3, {"http", "rotel"}, lambda r: r["http"]["cpu_s_per_mspan"] / r["rotel"]["cpu_s_per_mspan"]),
        ("grpc_vs_http", 3, {"http", "grpc"}, lambda r: r["grpc"]["cpu_s_per_mspan"] / r["http"]["cpu_s_per_mspan"]),
    ):
        found = median(key, value)
        if found is not None:
            summary[name] = round(found, digits)
    print("RESULT " + json.dumps(summary))


if __name__ == "__main__":
    main()
