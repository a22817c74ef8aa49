extension OpenAPIText {
    static let schemas = #"""
        components:
          securitySchemes:
            token: { type: http, scheme: bearer, description: "A token of `plimsoll token create` with the scope read, for POST write" }
          responses:
            Problem: { description: What was wrong, content: { application/problem+json: { schema: { $ref: '#/components/schemas/Problem' } } } }
          schemas:
            Problem:
              type: object
              required: [title, status, detail]
              properties:
                type: { type: string }
                title: { type: string }
                status: { type: integer }
                detail: { type: string }
            Run:
              type: object
              properties:
                schema: { const: plimsoll-run/1 }
            RunLine:
              type: object
              properties:
                id: { type: string }
                traceId: { type: string }
                moduleId: { type: string }
                editionId: { type: string }
                startedAt: { type: integer, description: Unix nanoseconds }
                endedAt: { type: integer, description: Unix nanoseconds }
                status: { type: string }
                score: { type: number }
                exitCode: { type: integer }
                wasInterrupted: { type: boolean }
                tests: { type: integer }
                acceptedTests: { type: integer }
                version: { type: string }
                environment: { type: string }
            RunWanted:
              type: object
              required: [project]
              properties:
                project: { type: string }
                editions: { type: array, items: { type: string } }
                reason: { type: string }
                waitForApproval: { type: boolean }
            RetryWanted:
              type: object
              properties:
                reason: { type: string }
                waitForApproval: { type: boolean }
            QueuedRun:
              type: object
              properties:
                id: { type: string }
                project: { type: string }
                moduleID: { type: string }
                editions: { type: array, items: { type: string } }
                target: { type: string }
                author: { type: string }
                reason: { type: string }
                retryOf: { type: string }
                approvedBy: { type: string }
                state: { enum: [waiting, queued, running, finished, failed, cancelled] }
                requestedAt: { type: integer, description: Unix nanoseconds }
                startedAt: { type: integer, description: Unix nanoseconds }
                endedAt: { type: integer, description: Unix nanoseconds }
                progress: { type: string }
                share: { type: number }
                runIDs: { type: array, items: { type: string } }
                exitCode: { type: integer }
            FindingEntry:
              type: object
              properties:
                finding: { type: object }
                runId: { type: string }
                moduleId: { type: string }
                editionId: { type: string }
                seenAt: { type: integer, description: Unix nanoseconds }
                runs: { type: integer }
                disposition: { type: string }
                assignee: { type: string }
                annotations: { type: array, items: { $ref: '#/components/schemas/Annotation' } }
            Baseline:
              type: object
              properties:
                moduleId: { type: string }
                editionId: { type: string }
                testType: { type: string }
                endpoint: { type: string }
                runs: { type: integer }
                baselineRuns: { type: integer }
                newestRunId: { type: string }
                p95Milliseconds: { type: number }
                score: { type: number }
                decision: { enum: [pinned, promoted] }
                decidedRunId: { type: string }
                consecutiveRegressions: { type: integer }
                isObsolete: { type: boolean }
            DecisionWanted:
              type: object
              required: [runId]
              properties:
                runId: { type: string }
                endpoint: { type: string }
            Decision:
              type: object
              properties:
                decision: { type: string }
                runId: { type: string }
                endpoints: { type: array, items: { type: string } }
            AnnotationWanted:
              type: object
              required: [subject, subjectId]
              properties:
                subject: { enum: [run, finding, deploy, check] }
                subjectId: { type: string }
                note: { type: string, maxLength: 4000 }
                status: { enum: [pass, warning, degraded, fail] }
                statusUntil: { type: integer, description: "Until then the status also decides later runs of the module and edition; Unix nanoseconds" }
                test: { type: string, description: "The one test of the run that it is about" }
                disposition: { enum: [open, accepted, resolved, notAProblem] }
                assignee: { type: string }
                excludeUntil: { type: integer, description: "Later runs, or the finding, are left out of the gate until then; Unix nanoseconds" }
            Annotation:
              type: object
              properties:
                id: { type: integer }
                subject: { type: string }
                subjectID: { type: string }
                author: { type: string }
                at: { type: integer, description: Unix nanoseconds }
                note: { type: string }
                status: { type: string }
                statusUntil: { type: integer, description: Unix nanoseconds }
                test: { type: string }
                disposition: { type: string }
                assignee: { type: string }
                excludedUntil: { type: integer, description: Unix nanoseconds }
            DeployWanted:
              type: object
              required: [service, version]
              properties:
                service: { type: string }
                version: { type: string }
                at: { type: integer, description: Unix nanoseconds }
                message: { type: string }
                url: { type: string }
            Deploy:
              type: object
              properties:
                id: { type: string }
                service: { type: string }
                version: { type: string }
                at: { type: integer, description: Unix nanoseconds }
                source: { enum: [declared, observed] }
                message: { type: string }
                url: { type: string }
            Anomaly:
              type: object
              properties:
                id: { type: string }
                operation: { type: object, properties: { service: { type: string }, name: { type: string }, kind: { type: string } } }
                signal: { enum: [level, drift, burn] }
                severity: { enum: [warning, critical], description: The worst it came to }
                since: { type: integer, description: Unix nanoseconds }
                until: { type: integer, description: Unix nanoseconds; missing while it lasts }
                ending: { enum: [back, usual, unseen], description: Missing while it lasts }
                usual: { type: number, description: Geometric mean in ms; of burn 1 }
                peak: { type: number, description: The farthest it got; of burn how many times faster than allowed }
                peakAt: { type: integer, description: Unix nanoseconds }
                z: { type: number, description: Robust z of the peak; not of burn }
                burn:
                  type: object
                  properties:
                    target: { type: number }
                    factor: { type: number }
                    longMinutes: { type: integer }
                    shortMinutes: { type: integer }
                    badRequests: { type: integer }
                    requests: { type: integer }
            CheckWanted:
              type: object
              properties:
                deploy: { type: string, description: "Id of a deploy; without it the newest that fits" }
                service: { type: string }
                version: { type: string }
                deployedAt: { type: integer, description: "Unix nanoseconds, where nobody marked it; with service" }
                at: { type: integer, description: "Moment of the look, Unix nanoseconds; now where it is missing" }
                windowSeconds: { type: integer, minimum: 40, maximum: 86400, description: Compared on either side }
                objectives: { type: array, maxItems: 20, items: { $ref: '#/components/schemas/Objective' } }
            Objective:
              type: object
              required: [target]
              properties:
                operation: { type: string, description: "An entry of the service; all of them where it is missing" }
                target: { type: number, description: "Share of requests that must be good, such as 0.995" }
                latencyMilliseconds: { type: number, description: From which a request is bad though it did not fail }
            Check:
              type: object
              properties:
                id: { type: string }
                deploy: { $ref: '#/components/schemas/Deploy' }
                checkedAt: { type: integer, description: Unix nanoseconds }
                verdict: { enum: [fine, anomalous, inconclusive] }
                confidence: { type: number }
                summary: { type: string }
                reasons: { type: array, items: { type: string } }
                findings: { type: array, items: { type: object } }
                operations: { type: array, items: { type: object } }
                lookAgainAt: { type: integer, description: "Unix nanoseconds from which on another look sees more" }
            Trace:
              type: object
              properties:
                traceID: { type: string }
                spans: { type: array, items: { type: object } }
                omittedSpans: { type: integer }
            Operation:
              type: object
              properties:
                service: { type: string }
                operation: { type: string }
                kind: { type: string }
                versions: { type: array, items: { type: string } }
                spans: { type: integer }
                errors: { type: integer }
                errorRate: { type: number }
                p50Milliseconds: { type: number }
                p95Milliseconds: { type: number }
                p99Milliseconds: { type: number }
                isEntry: { type: boolean }
            Point:
              type: object
              properties:
                at: { type: integer, description: Unix nanoseconds }
                spans: { type: integer }
                errors: { type: integer }
                p50Milliseconds: { type: number }
                p95Milliseconds: { type: number }
                p99Milliseconds: { type: number }
            RunList:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { $ref: '#/components/schemas/RunLine' } }
                next: { type: string }
            QueuedRunList:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { $ref: '#/components/schemas/QueuedRun' } }
                next: { type: string }
            FindingList:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { $ref: '#/components/schemas/FindingEntry' } }
                next: { type: string }
            BaselineList:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { $ref: '#/components/schemas/Baseline' } }
                next: { type: string }
            AnnotationList:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { $ref: '#/components/schemas/Annotation' } }
                next: { type: string }
            DeployList:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { $ref: '#/components/schemas/Deploy' } }
                next: { type: string }
            CheckList:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { $ref: '#/components/schemas/Check' } }
                next: { type: string }
            AnomalyList:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { $ref: '#/components/schemas/Anomaly' } }
                next: { type: string }
            TraceList:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { $ref: '#/components/schemas/Trace' } }
                next: { type: string }
            OperationList:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { $ref: '#/components/schemas/Operation' } }
                next: { type: string }
                unreadableWindows: { type: integer, description: Damaged windows that are in none of the items; missing for none }
            PointList:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { $ref: '#/components/schemas/Point' } }
                next: { type: string }
                unreadableWindows: { type: integer, description: Damaged windows that are in none of the items; missing for none }
            NameList:
              type: object
              required: [items]
              properties:
                items: { type: array, items: { type: string } }
                next: { type: string }

        """#
}
