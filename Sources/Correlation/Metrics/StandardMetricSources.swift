extension MetricSource {
    private static let mebi = 1.0 / 1_048_576

    /// The sources of a field in the order they are asked, the first with data wins service by service
    /// (`spec/wire.md` section 4.7).
    package static func standard(_ field: ResourceField) -> [MetricSource] {
        switch field {
        case .cpuUsagePct: cpu
        case .memoryUsageMb: memory
        case .gcActivityCount: collections
        case .threads: threads
        case .queueDepth: queues
        }
    }

    private static let cpu: [MetricSource] = [
        MetricSource("process_cpu_seconds_total", use: .rate, scale: 100),
        MetricSource("process.cpu.time", "process_cpu_time_seconds_total", use: .rate, scale: 100),
        MetricSource("container_cpu_usage_seconds_total", use: .rate, scale: 100, excluding: ["container": ""]),
        MetricSource("dotnet.process.cpu.time", "dotnet_process_cpu_time_seconds_total", use: .rate, scale: 100),
        MetricSource("go.cpu.time", "go_cpu_time_seconds_total", use: .rate, scale: 100),
        MetricSource("process.cpu.utilization", "process_cpu_utilization_ratio", scale: 100),
        MetricSource("process_cpu_usage", scale: 100),
        MetricSource("jvm.cpu.recent_utilization", "jvm_cpu_recent_utilization_ratio", scale: 100),
        MetricSource("plimsoll_target_cpu_seconds_total", use: .rate, scale: 100, scope: .processTree),
        MetricSource(
            "node_cpu_seconds_total",
            use: .rate,
            scale: 100,
            excluding: ["mode": "idle"],
            scope: .machine
        ),
    ]

    private static let memory: [MetricSource] = [
        MetricSource("process_resident_memory_bytes", scale: mebi),
        MetricSource("process.memory.usage", "process_memory_usage_bytes", scale: mebi),
        MetricSource("container_memory_working_set_bytes", scale: mebi, excluding: ["container": ""]),
        MetricSource("dotnet.process.memory.working_set", "dotnet_process_memory_working_set_bytes", scale: mebi),
        MetricSource("jvm_memory_used_bytes", "jvm.memory.used", scale: mebi),
        MetricSource("jvm_memory_bytes_used", scale: mebi),
        MetricSource("nodejs_heap_size_used_bytes", scale: mebi),
        MetricSource("v8js.memory.heap.used", "v8js_memory_heap_used_bytes", scale: mebi),
        MetricSource("go.memory.used", "go_memory_used_bytes", scale: mebi),
        MetricSource("go_memstats_heap_inuse_bytes", scale: mebi),
        MetricSource("go_memstats_alloc_bytes", scale: mebi),
        MetricSource(
            "process.runtime.cpython.memory",
            "process_runtime_cpython_memory_bytes",
            scale: mebi,
            labels: ["type": "rss"]
        ),
        MetricSource("plimsoll_target_resident_memory_bytes", scale: mebi, scope: .processTree),
    ]

    private static let collections: [MetricSource] = [
        MetricSource("go_gc_duration_seconds_count", use: .increase),
        MetricSource("python_gc_collections_total", use: .increase),
        MetricSource("jvm_gc_pause_seconds_count", use: .increase),
        MetricSource("jvm_gc_collection_seconds_count", use: .increase),
        MetricSource("jvm.gc.duration_count", "jvm_gc_duration_seconds_count", use: .increase),
        MetricSource("nodejs_gc_duration_seconds_count", use: .increase),
        MetricSource("v8js.gc.duration_count", "v8js_gc_duration_seconds_count", use: .increase),
        MetricSource("dotnet_collection_count_total", use: .increase),
        MetricSource("dotnet.gc.collections", "dotnet_gc_collections_total", use: .increase),
        MetricSource("go.memory.gc.cycles", "go_memory_gc_cycles_total", use: .increase),
        MetricSource("cpython.gc.collections", "cpython_gc_collections_total", use: .increase),
        MetricSource("process.runtime.cpython.gc_count", "process_runtime_cpython_gc_count_total", use: .increase),
    ]

    private static let threads: [MetricSource] = [
        MetricSource("jvm_threads_live_threads"),
        MetricSource("jvm_threads_current"),
        MetricSource("jvm.thread.count", "jvm_thread_count"),
        MetricSource("process.thread.count", "process_thread_count"),
        MetricSource("process.runtime.cpython.thread_count", "process_runtime_cpython_thread_count"),
        MetricSource("dotnet.thread_pool.thread.count", "dotnet_thread_pool_thread_count"),
        MetricSource("go_goroutines"),
        MetricSource("go.goroutine.count", "go_goroutine_count"),
        MetricSource("go_threads"),
        MetricSource("nodejs_active_handles_total"),
        MetricSource("plimsoll_target_threads", scope: .processTree),
    ]

    private static let queues: [MetricSource] = [
        MetricSource("hikaricp_connections_pending"),
        MetricSource("db.client.connection.pending_requests", "db_client_connection_pending_requests"),
        MetricSource("dotnet.thread_pool.queue.length", "dotnet_thread_pool_queue_length"),
        MetricSource("rabbitmq_queue_messages_ready"),
        MetricSource("http_server_active_requests", "http.server.active_requests"),
        MetricSource("tomcat_threads_busy_threads"),
    ]
}
