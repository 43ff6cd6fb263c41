// Enough of a page for the client to run in QuickJS: events, and scripts that are read from the site's folder.
// The host gives `readFile(path)`; `ask(text, limit)` answers with JSON.
'use strict';
{
    // Work is counted, not timed: nearly every step of the client looks something up in a map.
    let steps = 0;
    const { get } = Map.prototype;
    Map.prototype.get = function (key) {
        steps++;
        return get.call(this, key);
    };
    globalThis.work = () => String(steps);
    const listeners = new Map();
    globalThis.addEventListener = (name, listener) => {
        listeners.set(name, [...(listeners.get(name) ?? []), listener]);
    };
    globalThis.removeEventListener = (name, listener) => {
        listeners.set(name, (listeners.get(name) ?? []).filter((one) => one !== listener));
    };
    globalThis.dispatchEvent = (event) => {
        for (const listener of [...(listeners.get(event.type) ?? [])]) listener(event);
    };
    globalThis.CustomEvent = class {
        constructor(type, { detail }) {
            this.type = type;
            this.detail = detail;
        }
    };
    const load = (script) =>
        Promise.resolve().then(() => {
            const text = readFile(script.src);
            (0, eval)(text);
            script.onload();
        });
    globalThis.document = {
        currentScript: { src: 'client.js', dataset: { index: indexFolder } },
        createElement: () => ({ remove() {} }),
        head: { append: load },
        getElementById: () => null,
    };
    globalThis.ask = (text, limit) =>
        new Promise((answer, fail) => {
            dispatchEvent(new CustomEvent('zh-search-query', { detail: { text, limit, answer, fail } }));
        }).then((result) => JSON.stringify(result));
}
