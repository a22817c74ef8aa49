/// `report.md` as a Mustache template; every value is escaped before it comes here.
enum MarkdownTemplate {
    static let source = #"""
        {{% CONTENT_TYPE:TEXT}}
        ### {{mark}} {{word}}: {{reason}}

        {{#broken}}
        - {{.}}
        {{/broken}}

        {{#culprit}}
        **Culprit: {{serviceCode}}, {{operationCode}}**, {{share}} (confidence {{confidence}})

        {{#evidence}}
        {{kindTitle}}: {{sentence}}
        {{#attribute}}

        > {{attribute}}
        {{/attribute}}
        {{#suggestion}}

        Try: {{suggestion}}
        {{/suggestion}}

        {{#traces}}
        - {{role}} trace {{trace}}
        {{/traces}}

        {{/evidence}}
        {{/culprit}}
        {{#commandShown}}
        See it again: {{commandCode}}

        {{/commandShown}}
        | {{module}} {{edition}} | |
        |---|---|
        | Score | {{score}} (exit code {{exitCode}}) |
        | Target | {{target}} |
        | Run | {{runID}}, retryAttempt {{retryAttempt}}, {{started}}, {{length}} |

        {{#hasOverrides}}
        {{#overrides}}
        - by people: {{.}}
        {{/overrides}}

        {{/hasOverrides}}
        {{#hasRetries}}
        {{#retries}}
        - {{.}}
        {{/retries}}

        {{/hasRetries}}
        {{^isAlone}}
        | Test | Status | Score | p95 | Against baseline | Rate | Errors | Coverage |
        |---|---|--:|--:|--:|--:|--:|--:|
        {{#overview}}
        | {{name}} | {{statusMark}} {{status}} | {{testScore}} | {{p95}} | {{change}} | {{rate}} | {{errors}} | {{coverage}} |
        {{/overview}}

        {{/isAlone}}
        {{#hasFindings}}
        #### Findings

        {{#findings}}
        - **{{severity}}**: {{kindTitle}} in {{who}} ({{id}}, confidence {{findingConfidence}}). {{sentence}}{{#acceptance}} Accepted: {{acceptance}}.{{/acceptance}}{{#assignee}} Assigned to {{assignee}}.{{/assignee}}
        {{/findings}}

        {{/hasFindings}}
        {{#tests}}
        #### {{name}}: {{status}}

        {{#hasLimits}}
        | Limit | Measured | Allowed | Result | Source |
        |---|--:|--:|---|---|
        {{#limits}}
        | {{limitName}} | {{measured}} | {{limit}} | {{#isMet}}✅{{/isMet}}{{^isMet}}❌{{/isMet}} {{verdict}} | {{source}} |
        {{/limits}}

        {{/hasLimits}}
        {{#edition}}
        Against another edition, p95: {{edition}}

        {{/edition}}
        {{#baseline}}
        {{#notComparable}}
        Nothing may be concluded from the baseline: {{notComparable}}

        {{/notComparable}}
        | Against the baseline | Before | Now | Change | 95 % interval | Decision |
        |---|--:|--:|--:|--:|---|
        {{#rows}}
        | {{what}} | {{before}} | {{after}} | {{change}} | {{changeInterval}} | {{decision}} |
        {{/rows}}

        {{/baseline}}
        {{#contributions}}
        ```mermaid
        {{contributions}}
        ```

        {{/contributions}}
        {{#characteristic}}
        **{{characteristicTitle}}.** {{characteristicSentence}}

        {{#hasSteps}}
        | Step | Answered | p50 | p95 | p99 | Errors | Result |
        |---|--:|--:|--:|--:|--:|---|
        {{#steps}}
        | {{level}} | {{stepRate}} | {{stepP50}} | {{stepP95}} | {{stepP99}} | {{stepErrors}} | {{#hasHeld}}✅{{/hasHeld}}{{^hasHeld}}❌{{/hasHeld}} {{stepResult}} |
        {{/steps}}

        {{/hasSteps}}
        {{/characteristic}}
        {{#hasFlowSteps}}
        | Step of the flow | Due | p50 | p95 | p99 | Errors |
        | --- | ---: | ---: | ---: | ---: | ---: |
        {{#flowSteps}}
        | {{flowStep}} | {{due}} | {{flowP50}} | {{flowP95}} | {{flowP99}} | {{flowErrors}} |
        {{/flowSteps}}

        {{/hasFlowSteps}}
        {{#hasFailureReasons}}
        Expectations that were not met:

        {{#failureReasons}}
        - {{failureCount}} × {{failureReason}}
        {{/failureReasons}}

        {{/hasFailureReasons}}
        {{#chart}}
        ```mermaid
        {{chart}}
        ```

        {{/chart}}
        {{#hasOperations}}
        <details><summary>Operations</summary>

        | Operation | Critical path | Share | Change | Calls | Before | p95 a call |
        |---|--:|--:|--:|--:|--:|--:|
        {{#operations}}
        | {{operation}} | {{critical}} | {{shareText}} | {{delta}} | {{calls}} | {{callsBefore}} | {{p95}} |
        {{/operations}}

        </details>

        {{/hasOperations}}
        {{/tests}}
        #### Can these numbers be trusted?

        | | |
        |---|---|
        {{#trust}}
        | {{label}} | {{#isBad}}⚠️ {{/isBad}}{{value}} |
        {{/trust}}

        {{#hasWarnings}}
        {{#warnings}}
        - {{.}}
        {{/warnings}}

        {{/hasWarnings}}
        {{#command}}
        Run it again: {{commandCode}}

        {{/command}}
        {{#shortened}}
        {{shortened}}
        {{/shortened}}

        """#
}
