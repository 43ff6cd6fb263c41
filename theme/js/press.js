/**
 * Scripts that only those need who press something: the build leaves their addresses (on-demand.toml), and they are loaded
 * when a pointer or the focus comes there. A press that comes before them is kept for them; where they can't be had, what was
 * pressed gets the event `qabook:missing`.
 */
'use strict';
{
    /** @type {NodeListOf<HTMLScriptElement>} */
    const places = document.querySelectorAll('script[data-press]');
    /** @type {Map<HTMLScriptElement, Promise<void>>} What is on its way. */
    const loads = new Map();
    /** @type {WeakSet<Element>} What was pressed too early. */
    const pressed = new WeakSet();

    /** @type {(element: Element) => HTMLScriptElement[]} */
    const missing = element => [...places].filter(({ isConnected, dataset }) => isConnected && element.closest(dataset.press ?? ''));

    /** @type {(place: HTMLScriptElement) => Promise<void>} */
    const load = place => new Promise((resolve, reject) => {
        const script = document.createElement('script');
        // They run in their order.
        script.async = false;
        script.src = place.dataset.src ?? '';
        script.onload = () => {
            place.remove();
            resolve();
        };
        script.onerror = () => {
            script.remove();
            loads.delete(place);
            reject();
        };
        document.head.append(script);
    });

    qabook.need = element => Promise.all(missing(element).map(place => {
        const loading = loads.get(place) ?? load(place);
        loads.set(place, loading);
        return loading;
    }));

    if (places.length > 0) {
        document.addEventListener('click', event => {
            const { target } = event;
            if (!(target instanceof Element) || missing(target).length === 0) {
                return;
            }
            event.preventDefault();
            event.stopImmediatePropagation();
            if (!pressed.has(target)) {
                pressed.add(target);
                qabook.need(target)
                    .then(() => target.dispatchEvent(new MouseEvent('click', event)), () => target.dispatchEvent(new Event('qabook:missing', { bubbles: true })))
                    .finally(() => pressed.delete(target));
            }
        }, { capture: true });
        for (const event of ['pointerover', 'focusin']) {
            document.addEventListener(event, ({ target }) => {
                if (target instanceof Element) {
                    // What is missing then is told at the press.
                    qabook.need(target).catch(() => {});
                }
            }, { passive: true });
        }
    }
}
