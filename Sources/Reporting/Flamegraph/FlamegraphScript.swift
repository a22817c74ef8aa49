/// What a flamegraph can do where scripts may run: details, zoom, search, colours and the keyboard.
enum FlamegraphScript {
    // It reads geometry from attributes and names from titles, and writes text only through `textContent`: nothing from
    // telemetry ever becomes markup or code. Searching needs no input element, which an SVG file does not have: `/`
    // begins, what is typed is the search, Enter ends it.
    static let source = #"""
        'use strict';
        for (const graph of document.querySelectorAll('svg.flame:not(.defs)')) {
          const detail = graph.querySelector('.detail');
          const hasLinks = graph.querySelector('[data-link]') !== null;
          const hint = 'Click or Enter: zoom. Esc: back. Arrows: walk. /: search.' + (hasLinks ? ' Shift+click or t: trace.' : '');
          const follow = frame => { if (frame.node.dataset.link) window.open(frame.node.dataset.link, '_blank', 'noopener'); };
          const panels = [];
          let typed = null;
          detail.textContent = hint;
          detail.setAttribute('aria-live', 'polite');
          const search = words => {
            const wanted = words.trim().toLowerCase();
            let hits = 0, share = 0, total = 0;
            for (const panel of panels) {
              const intervals = [];
              for (const frame of panel.frames) {
                const isHit = wanted && frame.name.toLowerCase().includes(wanted);
                if (isHit) { hits += 1; intervals.push([frame.x, frame.x + frame.w]); }
                frame.node.classList.toggle('miss', Boolean(wanted && !isHit));
                frame.node.classList.toggle('hit', Boolean(isHit));
              }
              let end = -1;
              for (const [from, to] of intervals.sort((a, b) => a[0] - b[0])) {
                share += Math.max(0, to - Math.max(from, end));
                end = Math.max(end, to);
              }
              total += 100;
            }
            const matched = (100 * share / total).toFixed(1);
            detail.textContent = typed !== null ? 'Search: ' + typed + '▏ ' + (wanted ? hits + ' frames, ' + matched + ' %' : '')
              : wanted ? hits + ' frames match "' + words + '", ' + matched + ' % of the width. Esc: show all.' : hint;
          };
          const begin = () => { typed = ''; search(''); };
          const finish = isKept => { const words = typed; typed = null; search(isKept ? words : ''); };
          const type = event => {
            if (event.key === 'Enter') finish(true);
            else if (event.key === 'Escape') finish(false);
            else if (event.key === 'Backspace') { typed = typed.slice(0, -1); search(typed); }
            else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
              typed += event.key;
              search(typed);
            } else return;
            event.preventDefault();
            event.stopPropagation();
          };
          for (const panel of graph.querySelectorAll('.panel')) {
            const frames = [...panel.querySelectorAll('.f')].map(node => ({
              node,
              x: parseFloat(node.getAttribute('x')),
              w: parseFloat(node.getAttribute('width')),
              y: parseFloat(node.getAttribute('y')),
              text: node.querySelector('text'),
              name: node.querySelector('title').textContent
            }));
            panels.push({ frames });
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
              if (frame && typed === null) detail.textContent = frame.name.split('\n').join(' · ');
            };
            panel.addEventListener('mouseover', show);
            panel.addEventListener('focusin', show);
            panel.addEventListener('mouseleave', () => { if (typed === null) detail.textContent = hint; });
            panel.addEventListener('click', event => {
              const frame = byNode.get(event.target.closest('.f'));
              if (frame && event.shiftKey) follow(frame);
              else if (frame) zoom(frame.y > frames[0].y ? frame : null);
            });
            panel.addEventListener('keydown', event => {
              const frame = byNode.get(event.target.closest('.f'));
              if (!frame || typed !== null || event.ctrlKey || event.metaKey || event.altKey) return;
              if (event.key === 'Enter' || event.key === ' ') zoom(frame);
              else if (event.key === 'Escape') { zoom(null); search(''); }
              else if (event.key === '/') begin();
              else if (event.key === 't') follow(frame);
              else if (event.key.startsWith('Arrow')) move(frame, event.key)?.node.focus();
              else return;
              event.preventDefault();
              event.stopPropagation();
            });
            panel.zoomOut = () => zoom(null);
          }
          graph.addEventListener('keydown', event => { if (typed !== null) type(event); }, true);
          const swap = () => {
            for (const panel of panels) for (const { node } of panel.frames) {
              const other = node.dataset.other;
              if (!other) continue;
              const own = node.dataset.own ?? [...node.classList].find(name => /^[obs]\w*$/.test(name) || name === 'gone');
              node.dataset.own = own;
              const isOwn = node.classList.contains(own) && own !== other;
              node.classList.remove(own, other);
              node.classList.add(isOwn ? other : own);
            }
          };
          const actions = {
            search: () => { graph.querySelector('.f')?.focus(); begin(); },
            reset: () => { graph.querySelectorAll('.panel').forEach(panel => panel.zoomOut()); typed = null; search(''); },
            swap
          };
          for (const button of graph.querySelectorAll('.button')) {
            button.classList.add('on');
            const act = () => actions[button.dataset.does]();
            button.addEventListener('click', act);
            button.addEventListener('keydown', event => {
              if (event.key !== 'Enter' && event.key !== ' ') return;
              event.preventDefault();
              act();
            });
          }
        }

        """#
}
