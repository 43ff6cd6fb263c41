// Reloads the page after a build, says that one is under way or that the server has stopped, and shows why a build failed while
// the last good page stays.
'use strict';
{
    const script = /** @type {HTMLScriptElement} */ (document.currentScript);
    const { generation: number, failed = '', building = '', stopped = '' } = script.dataset;
    const generation = Number(number);

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

    /** @type {(status: { generation: number | null, building: boolean, error: string | null }) => void} */
    const tell = status => {
        if (status.generation !== null && status.generation > generation) {
            location.reload();
            return;
        }
        // What takes no time needs no word. The page that is shown before the first build says it itself.
        clearTimeout(soon);
        if (waiting) {
            waiting.textContent = building;
        } else if (status.building) {
            soon = setTimeout(show, 300, progress, building);
        } else {
            show(progress, '');
        }
        show(error, status.error ? `${failed}\n\n${status.error}` : '');
    };
    let soon = 0;

    /** The line of the page that is shown before the first build. */
    const waiting = generation < 0 ? document.querySelector('[role="status"]') : null;
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
            events = new EventSource('/-/qabook/events');
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
