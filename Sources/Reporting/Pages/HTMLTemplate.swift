/// `report.html` as Mustache templates; `{{{…}}}` holds markup of our own only.
enum HTMLTemplate {
    static let page = #"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="{{policy}}">
        <meta name="robots" content="noindex">
        <meta name="plimsoll:retryAttempt" content="{{retryAttempt}}">
        <title>{{title}}</title>
        <style>{{{css}}}</style>
        </head>
        <body>
        <svg class="flame defs" width="0" height="0" aria-hidden="true">{{{patterns}}}</svg>
        <main>
        {{{content}}}
        </main>
        <script>{{{script}}}</script>
        </body>
        </html>

        """#

    /// What stands in the page, and in the Studio's page of a run.
    static let content = #"""
        <header class="card banner {{statusClass}}">
        <h1><span class="word">{{word}}</span> {{module}} {{edition}}</h1>
        <p class="why">{{reason}}</p>
        {{#hasBroken}}<ul class="broken list">{{#broken}}<li>{{.}}</li>{{/broken}}</ul>{{/hasBroken}}
        <dl class="facts">
        <div><dt>score</dt><dd>{{score}}</dd></div>
        <div><dt>exit code</dt><dd>{{exitCode}}</dd></div>
        <div><dt>target</dt><dd>{{target}}</dd></div>
        <div><dt>started</dt><dd>{{started}}</dd></div>
        <div><dt>took</dt><dd>{{length}}</dd></div>
        <div><dt>run</dt><dd>{{runID}}{{#attempt}}, {{attempt}}{{/attempt}}</dd></div>
        </dl>
        {{#hasOverrides}}<p class="small"><strong>By people:</strong></p><ul class="list small">{{#overrides}}<li>{{.}}</li>{{/overrides}}</ul>{{/hasOverrides}}{{#hasRetries}}<ul class="list">{{#retries}}<li>{{.}}</li>{{/retries}}</ul>{{/hasRetries}}
        </header>
        {{#culprit}}
        <section class="card culprit">
        <h2>Culprit</h2>
        <p class="who">{{service}}, <code>{{operation}}</code></p>
        <p>{{{shareBar}}} {{share}}, confidence {{confidence}}</p>
        {{#evidence}}
        <p><strong>{{kindTitle}}.</strong> {{sentence}}</p>
        {{#attribute}}<pre>{{attribute}}</pre>{{/attribute}}
        {{#suggestion}}<p><strong>Try:</strong> {{suggestion}}</p>{{/suggestion}}
        <p class="small">{{#traces}}{{role}} trace <code>{{trace}}</code><br>{{/traces}}</p>
        {{/evidence}}
        {{#commandShown}}<p class="small again">See it again:</p><pre>{{commandShown}}</pre>{{/commandShown}}
        {{#hasOthers}}<p class="small">Further suspects: {{#others}}{{.}}{{^last()}}; {{/last()}}{{/others}}</p>{{/hasOthers}}
        </section>
        {{/culprit}}
        {{^isAlone}}
        <section class="card"><div class="scroll"><table>
        <tr><th>test</th><th>type</th><th>status</th><th class="num">score</th><th class="num">p95</th>
        <th class="num">against baseline</th><th class="num">rate</th><th class="num">errors</th><th class="num">coverage</th></tr>
        {{#overview}}
        <tr><td><a href="#{{anchor}}">{{name}}</a></td><td>{{type}}</td>
        <td class="{{status}}"><span class="badge">{{status}}</span></td><td class="num">{{testScore}}</td>
        <td class="num">{{p95}}</td><td class="num">{{change}}</td><td class="num">{{rate}}</td>
        <td class="num">{{errors}}</td><td class="num">{{coverage}}</td></tr>
        {{/overview}}
        </table></div></section>
        {{/isAlone}}
        {{#hasFindings}}
        <section class="card">
        <h2>Findings</h2>
        {{#findings}}
        <article class="finding {{severity}}">
        <p><span class="badge">{{severity}}</span> <strong>{{kindTitle}}</strong> in {{who}}
        <span class="dim">({{id}}, {{endpoint}}, confidence {{findingConfidence}})</span></p>
        <p>{{sentence}}</p>
        {{#attribute}}<pre>{{attribute}}</pre>{{/attribute}}
        {{#suggestion}}<p><strong>Try:</strong> {{suggestion}}</p>{{/suggestion}}{{#acceptance}}<p class="small"><strong>Accepted:</strong> {{acceptance}}</p>{{/acceptance}}{{#assignee}}<p class="small"><strong>Assigned to</strong> {{assignee}}</p>{{/assignee}}
        <details><summary>Evidence</summary>
        <ul class="list">{{#numbers}}<li>{{.}}</li>{{/numbers}}
        {{#traceCounts}}<li>{{traceCounts}}</li>{{/traceCounts}}
        {{#traces}}<li>{{role}} trace <code>{{trace}}</code></li>{{/traces}}</ul>
        </details>
        </article>
        {{/findings}}
        {{#moreFindings}}<p class="dim">{{moreFindings}} more in findings.json.</p>{{/moreFindings}}
        </section>
        {{/hasFindings}}
        {{#tests}}
        <section id="{{anchor}}">
        <h2>{{name}} <span class="{{status}}"><span class="badge">{{status}}</span></span></h2>
        {{#hasLimits}}
        <div class="card"><h3>Limits</h3><div class="scroll"><table>
        <tr><th>limit</th><th class="num">measured</th><th class="num">allowed</th><th>result</th><th>source</th></tr>
        {{#limits}}
        <tr><td>{{limitName}}</td><td class="num">{{measured}}</td><td class="num">{{limit}}</td>
        <td class="{{#isMet}}met{{/isMet}}{{^isMet}}missed{{/isMet}}">{{verdict}}</td><td>{{source}}</td></tr>
        {{/limits}}
        </table></div></div>
        {{/hasLimits}}
        {{#edition}}<div class="card"><h3>Against another edition</h3><p>p95: {{edition}}</p></div>{{/edition}}
        {{#baseline}}
        <div class="card"><h3>Against the baseline</h3>
        {{#notComparable}}<p class="doubt">Nothing may be concluded: {{notComparable}}</p>{{/notComparable}}
        <div class="scroll"><table>
        <tr><th></th><th class="num">before</th><th class="num">now</th><th class="num">change</th>
        <th class="num">95 % interval</th><th class="num">confidence</th><th>decision</th></tr>
        {{#rows}}
        <tr><td>{{what}}</td><td class="num">{{before}}</td><td class="num">{{after}}</td><td class="num">{{change}}</td>
        <td class="num">{{changeInterval}}</td><td class="num">{{changeConfidence}}</td>
        <td class="{{decisionClass}}">{{decision}}</td></tr>
        {{/rows}}
        </table></div>
        <p class="small">Baseline runs {{runs}}; then {{statusBefore}}, score {{scoreBefore}}, errors {{errorsBefore}}.</p>
        {{#waterfall}}
        <figure><figcaption>Where the mean went, critical-path time per request
        <span class="swatch slower"></span>slower<span class="swatch faster"></span>faster<span class="swatch unsure"></span>not
        significant</figcaption>{{{waterfall}}}</figure>
        {{/waterfall}}
        {{#tailWaterfall}}
        <details><summary>Where the time of slow requests went</summary>
        <p class="small">The same for requests from the 90th to the 99.5th percentile of either side; paths are coloured where the
        endpoint's p95 changed significantly, they are not tested one by one.</p>
        {{{tailWaterfall}}}</details>
        {{/tailWaterfall}}
        </div>
        {{/baseline}}
        {{#hasTraces}}
        <div class="card"><h3>{{#exemplarIsCulprits}}A trace of the culprit{{/exemplarIsCulprits}}{{^exemplarIsCulprits}}A typical trace{{/exemplarIsCulprits}}</h3>
        <p class="small"><span class="swatch part"></span>on the critical path<span class="swatch answered"></span>not on
        it<span class="swatch failed"></span>error; the dashed line is the end of the request</p>
        <div class="pair">
        {{#traceNow}}<figure><figcaption>Now: {{summary}}</figcaption>{{{spans}}}{{#more}}<p class="small">{{more}}</p>{{/more}}</figure>{{/traceNow}}
        {{#traceBefore}}<figure><figcaption>Its twin in the baseline: {{summary}}</figcaption>{{{spans}}}{{#more}}<p class="small">{{more}}</p>{{/more}}</figure>{{/traceBefore}}
        </div></div>
        {{/hasTraces}}
        {{#characteristic}}
        <div class="card"><h3>{{characteristicTitle}}</h3>
        <p><strong>{{characteristicSentence}}</strong></p>
        {{#stepChart}}<figure><figcaption>{{stepCaption}}<span class="swatch answered"></span>held<span
        class="swatch failed"></span>broke</figcaption>{{{stepChart}}}</figure>{{/stepChart}}
        <div class="scroll"><table>{{#facts}}<tr><th>{{fact}}</th><td>{{factValue}}</td></tr>{{/facts}}</table></div>
        {{#hasSteps}}
        <details><summary>Every step</summary><div class="scroll"><table>
        <tr><th>step</th><th class="num">answered</th><th class="num">p50</th><th class="num">p95</th><th class="num">p99</th>
        <th class="num">errors</th><th>result</th></tr>
        {{#steps}}
        <tr><td>{{level}}</td><td class="num">{{stepRate}}</td><td class="num">{{stepP50}}</td><td class="num">{{stepP95}}</td>
        <td class="num">{{stepP99}}</td><td class="num">{{stepErrors}}</td>
        <td class="{{#hasHeld}}met{{/hasHeld}}{{^hasHeld}}missed{{/hasHeld}}">{{stepResult}}</td></tr>
        {{/steps}}
        </table></div></details>
        {{/hasSteps}}
        </div>
        {{/characteristic}}
        {{#hasFlowSteps}}
        <div class="card"><h3>Steps of the flow</h3>
        <div class="scroll"><table>
        <tr><th>step</th><th class="num">due</th><th class="num">p50</th><th class="num">p95</th><th class="num">p99</th>
        <th class="num">errors</th></tr>
        {{#flowSteps}}
        <tr><td>{{flowStep}}</td><td class="num">{{due}}</td><td class="num">{{flowP50}}</td><td class="num">{{flowP95}}</td>
        <td class="num">{{flowP99}}</td><td class="num">{{flowErrors}}</td></tr>
        {{/flowSteps}}
        </table></div></div>
        {{/hasFlowSteps}}
        {{#hasFailureReasons}}
        <div class="card"><h3>Expectations that were not met</h3>
        <div class="scroll"><table><tr><th class="num">answers</th><th>what was wrong</th></tr>
        {{#failureReasons}}
        <tr><td class="num">{{failureCount}}</td><td>{{failureReason}}</td></tr>
        {{/failureReasons}}
        </table></div></div>
        {{/hasFailureReasons}}
        <div class="card">
        {{#timeline}}
        <figure><figcaption>Latency from the schedule, and requests per second
        <span class="swatch p50"></span>p50<span class="swatch p95"></span>p95<span class="swatch answered"></span>answered<span
        class="swatch failed"></span>failed</figcaption>{{{timeline}}}</figure>
        {{/timeline}}
        <div class="pair">
        {{#hasQuantiles}}
        <div><h3>Latency</h3><div class="scroll"><table>
        <tr><th></th><th class="num">latency</th><th class="num">95 % interval</th><th class="num">service time</th></tr>
        {{#quantiles}}
        <tr><td>{{quantile}}{{#doubt}} <span class="doubt">({{doubt}})</span>{{/doubt}}</td><td class="num">{{value}}</td>
        <td class="num">{{interval}}</td><td class="num">{{service}}</td></tr>
        {{/quantiles}}
        </table></div></div>
        {{/hasQuantiles}}
        {{#distribution}}
        <figure><figcaption>Durations of complete traces, logarithmic<span class="swatch now"></span>now{{#hasComparison}}<span
        class="swatch before"></span>before{{/hasComparison}}</figcaption>{{{distribution}}}</figure>
        {{/distribution}}
        </div>
        <p class="small">{{rate}} answered of {{targetRate}} wanted; {{errors}} errors; {{outcomes}}.</p>
        {{#hasExemplars}}<p class="small">Traces to look at: {{#exemplars}}<code>{{.}}</code> {{/exemplars}}</p>{{/hasExemplars}}
        </div>
        {{#flamegraph}}
        <div class="card"><h3>{{flamegraphTitle}}</h3>{{{flamegraph}}}
        {{#variants}}<details><summary>{{variant}}</summary>{{{graph}}}</details>
        {{/variants}}
        </div>
        {{/flamegraph}}
        {{#hasOperations}}
        <div class="card"><h3>Operations</h3><div class="scroll"><table>
        <tr><th>operation</th><th class="num">critical path</th><th>share</th>{{#hasComparison}}<th class="num">change</th>
        <th>decision</th>{{/hasComparison}}<th class="num">calls</th>{{#hasComparison}}<th class="num">before</th>{{/hasComparison}}
        <th class="num">p50</th><th class="num">p95</th><th class="num">errors</th></tr>
        {{#operations}}
        <tr><td class="op"><code>{{operation}}</code>{{#statement}}<span class="small"><code>{{statement}}</code></span>{{/statement}}</td>
        <td class="num">{{critical}}</td><td class="num">{{{shareBar}}} {{shareText}}</td>
        {{#hasComparison}}<td class="num">{{delta}}</td><td class="{{decisionClass}}">{{operationDecision}}</td>{{/hasComparison}}
        <td class="num">{{calls}}</td>{{#hasComparison}}<td class="num">{{callsBefore}}</td>{{/hasComparison}}
        <td class="num">{{p50}}</td><td class="num">{{p95}}</td><td class="num">{{errorCount}}</td></tr>
        {{/operations}}
        </table></div><p class="small">Critical path and calls are means per request; p50 and p95 are per call.</p></div>
        {{/hasOperations}}
        {{#hasComponents}}
        <details class="card"><summary>Score {{testScore}} in parts</summary><div class="scroll"><table>
        <tr><th>component</th><th class="num">weight</th><th class="num">value</th><th>why</th></tr>
        {{#components}}<tr><td>{{component}}</td><td class="num">{{weight}}</td><td class="num">{{value}}</td><td>{{why}}</td></tr>
        {{/components}}
        </table></div></details>
        {{/hasComponents}}
        </section>
        {{/tests}}
        <h2>Can these numbers be trusted?</h2>
        <section class="card"><div class="scroll"><table>
        {{#trust}}<tr{{#isBad}} class="bad"{{/isBad}}><th>{{label}}</th><td>{{value}}</td></tr>
        {{/trust}}
        </table></div>
        {{#hasWarnings}}<h3>Notes</h3><ul class="list">{{#warnings}}<li>{{.}}</li>{{/warnings}}</ul>{{/hasWarnings}}
        </section>
        {{#command}}<h2>Run it again</h2><section class="card"><pre>{{command}}</pre></section>{{/command}}
        <p class="small">{{version}}, lineage {{lineage}}. The same as data: perf-metrics.json, trace-summary.json, findings.json.</p>
        """#
}
