/// The pages of a check as Mustache templates; `{{{…}}}` holds markup of our own only.
enum CheckTemplates {
    static let markdown = #"""
        {{% CONTENT_TYPE:TEXT}}
        ### {{mark}} {{word}}: {{summary}}

        {{#culprit}}
        **Culprit: {{culpritService}}, {{culpritOperation}}** (confidence {{culpritConfidence}})

        {{culpritSentence}}

        {{#traces}}
        - trace {{.}}
        {{/traces}}

        {{/culprit}}
        | {{service}} {{version}} | |
        |---|---|
        | Deployed | {{deployed}} ({{how}}) |
        | Checked | {{checked}}, look {{look}}, confidence {{confidence}} (exit code {{exitCode}}) |
        | Before | {{before}} |
        | After | {{after}}, in bins of {{bins}} |
        | Held against | {{control}} |
        | Calibrated by | {{placebos}} |

        {{#hasReasons}}
        What limits this answer:

        {{#reasons}}
        - {{.}}
        {{/reasons}}

        {{/hasReasons}}
        {{#hasFindings}}
        #### Findings

        {{#findings}}
        - **{{findingTitle}}** in {{who}}, {{roleWords}} ({{findingID}}, confidence {{findingConfidence}}). {{sentence}}
        {{/findings}}

        {{/hasFindings}}
        {{#hasOperations}}
        #### Operations, most changed first

        | Operation | Requests | p95 before | p95 after | Change | Errors | q |
        |---|--:|--:|--:|--:|--:|--:|
        {{#operations}}
        | {{who}} | {{requests}} | {{p95Before}} | {{p95After}} | {{change}} | {{errors}} | {{q}} |
        {{/operations}}

        {{/hasOperations}}
        {{#more}}
        {{more}}

        {{/more}}
        """#

    static let html = #"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="{{policy}}">
        <meta name="robots" content="noindex">
        <title>{{word}}: {{service}} {{version}}</title>
        <style>{{{css}}}</style>
        </head>
        <body>
        <main>
        <header class="card banner {{statusClass}}">
        <h1><span class="word">{{word}}</span> {{service}} {{version}}</h1>
        <p class="why">{{summary}}</p>
        {{#hasMessage}}<p class="small">{{message}}</p>{{/hasMessage}}
        <dl class="facts">
        <div><dt>confidence</dt><dd>{{confidence}}</dd></div>
        <div><dt>exit code</dt><dd>{{exitCode}}</dd></div>
        <div><dt>deployed</dt><dd>{{deployed}} ({{how}})</dd></div>
        <div><dt>checked</dt><dd>{{checked}}</dd></div>
        <div><dt>look</dt><dd>{{look}}</dd></div>
        </dl>
        </header>
        {{#culprit}}
        <section class="card culprit">
        <h2>Culprit</h2>
        <p class="who">{{culpritService}}, <code>{{culpritOperation}}</code></p>
        <p>{{culpritSentence}} (confidence {{culpritConfidence}}).</p>
        <p class="small">{{#traces}}trace <code>{{.}}</code><br>{{/traces}}</p>
        </section>
        {{/culprit}}
        {{#chart}}
        <section class="card">
        <h2>Before and after</h2>
        <figure><figcaption><code>{{shown}}</code>: {{{legend}}}the line is the deploy, the shaded stretches were compared</figcaption>
        {{{chart}}}</figure>
        </section>
        {{/chart}}
        {{#hasFindings}}
        <section class="card">
        <h2>Findings</h2>
        {{#findings}}
        <div class="finding {{findingClass}}"><p><span class="badge">{{findingTitle}}</span> <code>{{who}}</code>, {{roleWords}}</p>
        <p>{{sentence}}.</p>
        <p class="small">{{findingID}}, confidence {{findingConfidence}}, change {{change}}{{interval}}, q {{q}}{{#traces}}, trace <code>{{.}}</code>{{/traces}}</p></div>
        {{/findings}}
        </section>
        {{/hasFindings}}
        <section class="card">
        <h2>How it was compared</h2>
        <dl class="facts">
        <div><dt>before</dt><dd>{{before}}</dd></div>
        <div><dt>after</dt><dd>{{after}}</dd></div>
        <div><dt>bins</dt><dd>{{bins}}</dd></div>
        <div><dt>held against</dt><dd>{{control}}</dd></div>
        <div><dt>calibrated by</dt><dd>{{placebos}}</dd></div>
        </dl>
        {{#hasReasons}}<p class="small">What limits this answer:</p><ul class="list">{{#reasons}}<li>{{.}}</li>{{/reasons}}</ul>{{/hasReasons}}
        </section>
        {{#hasOperations}}
        <section class="card">
        <h2>Operations, most changed first</h2>
        <div class="scroll"><table>
        <tr><th>operation</th><th class="num">requests</th><th class="num">p95 before</th><th class="num">p95 after</th>
        <th class="num">change</th><th class="num">errors</th><th class="num">q</th></tr>
        {{#operations}}
        <tr><td class="op"><code>{{who}}</code></td><td class="num">{{requests}}</td><td class="num">{{p95Before}}</td>
        <td class="num">{{p95After}}</td><td class="num">{{change}}</td><td class="num">{{errors}}</td><td class="num">{{q}}</td></tr>
        {{/operations}}
        </table></div>
        {{#more}}<p class="small">{{more}}</p>{{/more}}
        </section>
        {{/hasOperations}}
        </main>
        </body>
        </html>
        """#
}
