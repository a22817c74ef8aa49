/// What the Studio's pages can do beyond links and forms; all of them work without it.
enum StudioScript {
    // Text from the service only ever becomes text (`textContent`), never markup.
    static let source = #"""
        'use strict';
        for (const dialog of document.querySelectorAll('dialog')) {
          for (const opener of document.querySelectorAll('[data-opens="' + dialog.id + '"]')) {
            opener.hidden = false;
            opener.addEventListener('click', event => { event.preventDefault(); dialog.showModal(); });
          }
          dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
        }
        for (const field of document.querySelectorAll('input[data-filters]')) {
          const rows = () => document.querySelectorAll(field.dataset.filters);
          field.closest('.filter').hidden = false;
          field.addEventListener('input', () => {
            const wanted = field.value.trim().toLowerCase();
            for (const row of rows()) row.hidden = !row.textContent.toLowerCase().includes(wanted);
          });
        }
        const typing = event => event.target.closest('input, textarea, select, [contenteditable]');
        document.addEventListener('keydown', event => {
          if (event.key !== '/' || event.ctrlKey || event.metaKey || typing(event)) return;
          const field = document.querySelector('input[data-filters]');
          if (field && !event.target.closest('svg.flame')) { event.preventDefault(); field.focus(); }
        });
        for (const live of document.querySelectorAll('[data-events]')) {
          const source = new EventSource(live.dataset.events);
          const state = live.querySelector('[data-live="state"]');
          const log = live.querySelector('[data-live="log"]');
          const show = text => { if (state) state.textContent = text; };
          source.addEventListener('progress', event => {
            const progress = JSON.parse(event.data);
            show(progress.text);
            const bar = live.querySelector('progress');
            if (bar && progress.share !== undefined) { bar.hidden = false; bar.value = progress.share; }
          });
          source.addEventListener('note', event => {
            const line = document.createElement('li');
            line.textContent = JSON.parse(event.data).text;
            if (log) log.append(line);
          });
          source.addEventListener('end', event => {
            source.close();
            show(JSON.parse(event.data).text);
            location.reload();
          });
          source.addEventListener('error', () => { if (source.readyState === EventSource.CLOSED) show('the connection ended: load the page again'); });
        }

        """#
}
