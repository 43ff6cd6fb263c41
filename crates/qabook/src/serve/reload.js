// Reloads the page when a build has changed it, says that one is under way or that the server has stopped, and shows why a
// build failed while the last good page stays. New style sheets and a new search index are taken over without reloading.
'use strict';
{
    /** @typedef {{ text: string, sheets: string[], index: string }} Page How the page is, as the server says. */
    const script = /** @type {HTMLScriptElement} */ (document.currentScript);
    const { page: state = '', failed = '', building = '', stopped = '' } = script.dataset;
    /** @type {Page | null} Nothing before the first build. */
    let page = state ? JSON.parse(state) : null;
    let sheets = page?.sheets.map(href => [...document.querySelectorAll('link')].find(link => link.getAttribute('href') === href)) ?? [];

    /** @type {(role: string, style: string) => HTMLElement} */
    const makeBox = (role, style) => {
        const box = document.createElement('pre');
        box.setAttribute('role', role);
        box.style.cssText = `position:fixed;margin:0;z-index:1000;font:14px/1.5 monospace;white-space:pre-wrap;${style}`;
        return box;
    };
    const error = makeBox('alert', 'inset:auto 0 0 0;max-height:60vh;overflow:auto;padding:1em;background:#3b0d0c;color:#ffe9e6');
    const progress = makeBox('status', 'inset:auto auto 1em 1em;padding:.3em .8em;border-radius:4px;background:#1b3a57;color:#eaf4ff');
    progress.className = 'serve-building';

    /** @type {(box: HTMLElement, text: string) => void} Nothing to say takes the box away. */
    const show = (box, text) => {
        if (!text) {
            box.remove();
        } else if (box.textContent !== text || !box.isConnected) {
            box.textContent = text;
            document.body.append(box);
        }
    };

    /** @type {(link: HTMLLinkElement, href: string) => HTMLLinkElement} Both are there until the new one is loaded. */
    const replaced = (link, href) => {
        const next = /** @type {HTMLLinkElement} */ (link.cloneNode());
        next.onload = () => link.remove();
        next.onerror = () => location.reload();
        next.setAttribute('href', href);
        link.after(next);
        return next;
    };

    /** @type {(now: Page) => boolean} Whether the page can take over what has changed. */
    const takeOver = now => {
        // What the server sees of a sheet and the browser doesn't, as in a comment, is no change.
        if (JSON.stringify(now) === JSON.stringify(page)) {
            return true;
        }
        const stamp = /** @type {HTMLElement | null} */ (document.querySelector('script[data-zh-search]'));
        const searched = document.querySelector('script[data-index]:not([data-zh-search])');
        const found = sheets.every(link => link?.isConnected);
        if (now.text !== page?.text || now.sheets.length !== sheets.length || !found || (searched && now.index !== page.index)) {
            return false;
        }
        sheets = sheets.map((link, at) => (link && now.sheets[at] !== page?.sheets[at] ? replaced(link, now.sheets[at]) : link));
        if (stamp) stamp.dataset.index = now.index;
        page = now;
        return true;
    };

    /** @type {(status: { page: Page | null, generation: number | null, building: boolean, error: string | null }) => void} */
    const tell = status => {
        // At an address of no page there is one only before the first build, or when the site was deleted.
        if (waiting ? status.generation !== null : status.page && !takeOver(status.page)) {
            location.reload();
            return;
        }
        // What takes no time needs no word. The page that is shown as long as there is no site says it itself.
        clearTimeout(soon);
        if (waiting) {
            waiting.textContent = status.error ? failed : building;
        } else if (status.building) {
            soon = setTimeout(show, 300, progress, building);
        } else {
            show(progress, '');
        }
        show(error, status.error ? `${failed}\n\n${status.error}` : '');
    };
    let soon = 0;

    /** The line of the page that is shown before the first build. */
    const waiting = page ? null : document.querySelector('[role="status"]');
    const sayStopped = () => {
        clearTimeout(soon);
        if (waiting) {
            waiting.textContent = stopped;
        } else {
            show(progress, stopped);
        }
    };

    /**
     * A browser holds six connections to a server, whatever the number of its pages: one that nobody sees needs none. The
     * first that the server tells a page is how things stand, so that one that is shown again catches up.
     * @type {EventSource | null}
     */
    let events = null;
    const listen = () => {
        if (document.hidden) {
            events?.close();
            events = null;
        } else if (!events) {
            events = new EventSource(`/-/qabook/events?page=${encodeURIComponent(location.pathname)}`);
            events.onmessage = event => tell(JSON.parse(event.data));
            // The browser tries again by itself.
            events.onerror = sayStopped;
        }
    };
    document.addEventListener('visibilitychange', listen);
    // A page that a reader left may be kept to be shown again.
    addEventListener('pagehide', () => {
        events?.close();
        events = null;
    });
    addEventListener('pageshow', listen);
    listen();
}
