// Reloads the page after a rebuild, and shows why a rebuild failed while the last good page stays.
'use strict';
{
    const script = /** @type {HTMLScriptElement} */ (document.currentScript);
    const { generation: number, failed = '' } = script.dataset;
    const generation = Number(number);

    const box = document.createElement('pre');
    box.setAttribute('role', 'alert');
    box.style.cssText = 'position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;margin:0;padding:1em;z-index:1000;'
        + 'background:#3b0d0c;color:#ffe9e6;font:14px/1.5 monospace;white-space:pre-wrap';

    const events = new EventSource('/-/qabook/events');
    events.onmessage = event => {
        const status = JSON.parse(event.data);
        if (status.generation > generation) {
            location.reload();
        } else if (status.error) {
            box.textContent = `${failed}\n\n${status.error}`;
            document.body.append(box);
        } else {
            box.remove();
        }
    };
}
