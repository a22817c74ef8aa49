/// What a flamegraph can do where scripts may run: details, zoom, search and the keyboard.
enum FlamegraphScript {
    // It reads geometry from attributes and names from `aria-label`, and writes text only through `textContent`:
    // nothing from telemetry ever becomes markup or code.
    static let source = #"""
        'use strict';
        for (const graph of document.querySelectorAll('svg.flame:not(.defs)')) {
          const detail = graph.querySelector('.detail');
          const hint = 'Click or Enter: zoom. Esc: back. Arrows: walk. /: search.';
          detail.textContent = hint;
          for (const panel of graph.querySelectorAll('.panel')) {
            const frames = [...panel.querySelectorAll('.f')].map(node => ({
              node,
              x: parseFloat(node.getAttribute('x')),
              w: parseFloat(node.getAttribute('width')),
              y: parseFloat(node.getAttribute('y')),
              text: node.querySelector('text'),
              label: node.querySelector('text')?.textContent,
              name: node.querySelector('title').textContent
            }));
            const byNode = new Map(frames.map(frame => [frame.node, frame]));
            const slack = 1e-3;
            const within = (inner, outer) =>
              inner.x >= outer.x - slack && inner.x + inner.w <= outer.x + outer.w + slack;
            const zoom = focus => {
              for (const frame of frames) {
                const isPast = focus && frame.y < focus.y && within(focus, frame);
                const isShown = !focus || isPast || (frame.y >= focus.y && within(frame, focus));
                frame.node.classList.toggle('off', !isShown);
                frame.node.classList.toggle('past', Boolean(isPast));
                const x = isPast ? 0 : focus ? (frame.x - focus.x) * 100 / focus.w : frame.x;
                const w = isPast ? 100 : focus ? frame.w * 100 / focus.w : frame.w;
                frame.node.setAttribute('x', x + '%');
                frame.node.setAttribute('width', w + '%');
                if (!frame.text && w >= 0.6) {
                  frame.text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
                  frame.text.setAttribute('x', 4);
                  frame.text.setAttribute('y', 14);
                  frame.text.textContent = frame.name.split('\n')[0];
                  frame.node.append(frame.text);
                }
              }
            };
            const search = words => {
              const wanted = words.toLowerCase();
              let hits = 0;
              for (const frame of frames) {
                const isHit = !wanted || frame.name.toLowerCase().includes(wanted);
                hits += wanted && isHit ? 1 : 0;
                frame.node.classList.toggle('miss', !isHit);
              }
              detail.textContent = wanted ? hits + ' frames match "' + words + '"; Esc shows all' : hint;
            };
            const move = (frame, key) => {
              const shown = frames.filter(other => !other.node.classList.contains('off'));
              const near = (list, sign) => list.sort((a, b) => sign * (a.x - b.x))[0];
              if (key === 'ArrowUp') return shown.find(other => other.y < frame.y && within(frame, other)
                && !shown.some(mid => mid.y > other.y && mid.y < frame.y && within(frame, mid)));
              if (key === 'ArrowDown') {
                const below = shown.filter(other => other.y > frame.y && within(other, frame));
                const row = Math.min(...below.map(other => other.y));
                return near(below.filter(other => other.y === row), 1);
              }
              const row = shown.filter(other => other.y === frame.y);
              return key === 'ArrowRight'
                ? near(row.filter(other => other.x > frame.x), 1) : near(row.filter(other => other.x < frame.x), -1);
            };
            const show = event => {
              const frame = byNode.get(event.target.closest('.f'));
              if (frame) detail.textContent = frame.name.split('\n').join(' · ');
            };
            panel.addEventListener('mouseover', show);
            panel.addEventListener('focusin', show);
            panel.addEventListener('mouseleave', () => { detail.textContent = hint; });
            panel.addEventListener('click', event => {
              const frame = byNode.get(event.target.closest('.f'));
              zoom(frame && frame.y > frames[0].y ? frame : null);
            });
            panel.addEventListener('keydown', event => {
              const frame = byNode.get(event.target.closest('.f'));
              if (!frame || event.ctrlKey || event.metaKey || event.altKey) return;
              if (event.key === 'Enter') zoom(frame);
              else if (event.key === 'Escape') { zoom(null); search(''); }
              else if (event.key === '/') search(prompt('Show frames whose text contains:') ?? '');
              else if (event.key.startsWith('Arrow')) move(frame, event.key)?.node.focus();
              else return;
              event.preventDefault();
            });
          }
        }

        """#
}
