/// `docs/openapi.yaml`, as the service answers it; a test holds the two and the routes together.
enum OpenAPIText {
    static let yaml = paths + schemas

    private static let paths = #"""
        openapi: 3.1.0
        info:
          title: Plimsoll
          version: "1"
          description: >-
            The service for programs. Moments are Unix nanoseconds. Errors are application/problem+json (RFC 9457). Answers to GET carry an
            ETag. Without tokens the service answers loopback names only.
        servers:
          - url: /api/v1
        security:
          - token: []
        paths:
          /runs:
            get:
              summary: Runs, newest first
              parameters:
                - { name: module, in: query, description: "Only this module", schema: { type: string } }
                - { name: edition, in: query, description: "Only this edition", schema: { type: string } }
                - { name: status, in: query, description: "Only runs that came out so", schema: { type: string } }
                - { name: cursor, in: query, description: "`next` of the page before", schema: { type: string } }
                - { name: limit, in: query, description: "Cut to 500", schema: { type: integer } }
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/RunList' } } } }
                default: { $ref: '#/components/responses/Problem' }
            post:
              summary: Ask for a run of a project below the folder that --projects names (scope write)
              requestBody:
                required: true
                content: { application/json: { schema: { $ref: '#/components/schemas/RunWanted' } } }
              responses:
                "202": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/QueuedRun' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /runs/{id}:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
            get:
              summary: 'A run: its run.json'
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Run' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /runs/{id}/artifacts:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
            get:
              summary: Names of the artifacts that can be rendered
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/NameList' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /runs/{id}/artifacts/{name}:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
              - { name: name, in: path, required: true, schema: { type: string } }
            get:
              summary: One artifact, such as report.html or flamegraph.svg
              responses:
                "200": { description: The artifact, content: { "*/*": {} } }
                default: { $ref: '#/components/responses/Problem' }
          /runs/{id}/retry:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
            post:
              summary: Repeat a run; it waits for an approval unless waitForApproval is false (scope write)
              requestBody:
                required: true
                content: { application/json: { schema: { $ref: '#/components/schemas/RetryWanted' } } }
              responses:
                "202": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/QueuedRun' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /queue:
            get:
              summary: Runs the service was asked for, newest first
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/QueuedRunList' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /queue/{id}:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
            get:
              summary: One of them
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/QueuedRun' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /queue/{id}/events:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
            get:
              summary: 'Its progress as server-sent events: progress, note, end; Last-Event-ID goes on'
              responses:
                "200": { description: The document, content: { text/event-stream: { schema: { type: string } } } }
                default: { $ref: '#/components/responses/Problem' }
          /queue/{id}/approve:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
            post:
              summary: Let a waiting run go (scope write)
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/QueuedRun' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /queue/{id}/reject:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
            post:
              summary: Turn a waiting run down (scope write)
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/QueuedRun' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /queue/{id}/cancel:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
            post:
              summary: End a run; what was measured is still analysed (scope write)
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/QueuedRun' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /projects:
            get:
              summary: Paths of the projects that may be run
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/NameList' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /findings:
            get:
              summary: Findings of the newest 50 runs, one a fingerprint, with annotations
              parameters:
                - { name: disposition, in: query, description: "open, accepted, resolved or notAProblem", schema: { type: string } }
                - { name: limit, in: query, description: "Cut to 500", schema: { type: integer } }
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/FindingList' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /findings/{fingerprint}:
            parameters:
              - { name: fingerprint, in: path, required: true, schema: { type: string } }
            get:
              summary: One of them
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/FindingEntry' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /baselines:
            get:
              summary: What runs are compared with
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/BaselineList' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /baselines/pin:
            post:
              summary: End the history with a run (scope write)
              requestBody:
                required: true
                content: { application/json: { schema: { $ref: '#/components/schemas/DecisionWanted' } } }
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Decision' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /baselines/promote:
            post:
              summary: Begin the history with a run (scope write)
              requestBody:
                required: true
                content: { application/json: { schema: { $ref: '#/components/schemas/DecisionWanted' } } }
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Decision' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /annotations:
            get:
              summary: Annotations, newest first
              parameters:
                - { name: subject, in: query, description: "run, finding, deploy or check", schema: { type: string } }
                - { name: subjectId, in: query, description: "Id, or fingerprint of a finding", schema: { type: string } }
                - { name: limit, in: query, description: "Cut to 500", schema: { type: integer } }
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/AnnotationList' } } } }
                default: { $ref: '#/components/responses/Problem' }
            post:
              summary: Say something about a run, finding, deploy or check (scope write)
              requestBody:
                required: true
                content: { application/json: { schema: { $ref: '#/components/schemas/AnnotationWanted' } } }
              responses:
                "201": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Annotation' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /deploys:
            get:
              summary: Deploys, newest first
              parameters:
                - { name: service, in: query, description: "Name of a service", schema: { type: string } }
                - { name: from, in: query, description: "Unix time in s, ms or ns", schema: { type: string } }
                - { name: to, in: query, description: "Unix time in s, ms or ns", schema: { type: string } }
                - { name: limit, in: query, description: "Cut to 500", schema: { type: integer } }
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/DeployList' } } } }
                default: { $ref: '#/components/responses/Problem' }
            post:
              summary: Declare a deploy (scope write)
              requestBody:
                required: true
                content: { application/json: { schema: { $ref: '#/components/schemas/DeployWanted' } } }
              responses:
                "201": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Deploy' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /anomalies:
            get:
              summary: Anomalies of operations that lasted at any time of the range, newest beginning first
              parameters:
                - { name: service, in: query, description: "Name of a service", schema: { type: string } }
                - { name: lasting, in: query, description: "Anything: only those that last", schema: { type: string } }
                - { name: from, in: query, description: "Unix time in s, ms or ns", schema: { type: string } }
                - { name: to, in: query, description: "Unix time in s, ms or ns", schema: { type: string } }
                - { name: limit, in: query, description: "Cut to 500", schema: { type: integer } }
                - { name: cursor, in: query, description: "`next` of the page before", schema: { type: string } }
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/AnomalyList' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /checks:
            get:
              summary: Checks of deploys, newest first
              parameters:
                - { name: deploy, in: query, description: "Id of a deploy", schema: { type: string } }
                - { name: limit, in: query, description: "Cut to 500", schema: { type: integer } }
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/CheckList' } } } }
                default: { $ref: '#/components/responses/Problem' }
            post:
              summary: Check a deploy against the stored windows, and keep the answer (scope write)
              requestBody:
                required: true
                content: { application/json: { schema: { $ref: '#/components/schemas/CheckWanted' } } }
              responses:
                "201": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Check' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /checks/{id}:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
            get:
              summary: 'One check: its anomaly report'
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Check' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /traces:
            get:
              summary: Search traces, newest first
              parameters:
                - { name: service, in: query, description: "Name of a service", schema: { type: string } }
                - { name: operation, in: query, description: "Name of an operation", schema: { type: string } }
                - { name: tags, in: query, description: "name=value, separated by spaces", schema: { type: string } }
                - { name: errors, in: query, description: "Anything: only traces with a failed span", schema: { type: string } }
                - { name: minMs, in: query, description: "Duration at least", schema: { type: string } }
                - { name: maxMs, in: query, description: "Duration at most", schema: { type: string } }
                - { name: from, in: query, description: "Unix time in s, ms or ns", schema: { type: string } }
                - { name: to, in: query, description: "Unix time in s, ms or ns", schema: { type: string } }
                - { name: limit, in: query, description: "Cut to 500", schema: { type: integer } }
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/TraceList' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /traces/{id}:
            parameters:
              - { name: id, in: path, required: true, schema: { type: string } }
            get:
              summary: A trace by its 32 hex digits
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/Trace' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /services:
            get:
              summary: Services of which traces are known
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/NameList' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /windows/operations:
            get:
              summary: Operations over a stretch of windows, a day at most, the last hour by default
              parameters:
                - { name: from, in: query, description: "Unix time in s, ms or ns", schema: { type: string } }
                - { name: to, in: query, description: "Unix time in s, ms or ns", schema: { type: string } }
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/OperationList' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /windows/series:
            get:
              summary: One operation, a point a window
              parameters:
                - { name: service, in: query, description: "Name of a service", schema: { type: string } }
                - { name: operation, in: query, description: "Name of an operation", schema: { type: string } }
                - { name: from, in: query, description: "Unix time in s, ms or ns", schema: { type: string } }
                - { name: to, in: query, description: "Unix time in s, ms or ns", schema: { type: string } }
              responses:
                "200": { description: Done, content: { application/json: { schema: { $ref: '#/components/schemas/PointList' } } } }
                default: { $ref: '#/components/responses/Problem' }
          /flamegraph.svg:
            get:
              summary: Critical paths of a stretch of windows; with beforeFrom and beforeTo the diff of two
              parameters:
                - { name: from, in: query, description: "Unix time in s, ms or ns", schema: { type: string } }
                - { name: to, in: query, description: "Unix time in s, ms or ns", schema: { type: string } }
                - { name: beforeFrom, in: query, description: "Unix time", schema: { type: string } }
                - { name: beforeTo, in: query, description: "Unix time", schema: { type: string } }
              responses:
                "200": { description: The document, content: { image/svg+xml: { schema: { type: string } } } }
                default: { $ref: '#/components/responses/Problem' }
          /openapi.yaml:
            get:
              summary: This file
              responses:
                "200": { description: The document, content: { application/yaml: { schema: { type: string } } } }
                default: { $ref: '#/components/responses/Problem' }

        """#
}
