'use strict';

// Reading without a network: links the web app manifest, starts the service worker that `qabook build` made (sw.js), and
// offers a new version of the book when there is one. Of a book that was opened as a file, browsers refuse both; of one that
// `qabook serve` shows, there is no worker.
{
    /** @type {(name: string) => string | null} An address that the build put into the page. */
    const named = name => document.querySelector(`meta[name="qabook:${name}"]`)?.getAttribute('content') ?? null;

    const linkManifest = () => {
        const href = named('manifest');
        if (href) {
            document.head.append(Object.assign(qabook.make('link', ''), { rel: 'manifest', href }));
        }
    };

    /** @type {(waiting: ServiceWorker) => void} */
    const offer = waiting => {
        const { words } = qabook;
        const box = qabook.make('div', 'new-version');
        box.setAttribute('role', 'status');
        document.body.append(box);
        const button = (/** @type {string} */ text, /** @type {() => void} */ action) => {
            const element = qabook.make('button', '', text);
            element.type = 'button';
            element.addEventListener('click', action);
            return element;
        };
        const refresh = button(words['new-version-load'], () => waiting.postMessage('activate'));
        const later = button(words['new-version-later'], () => box.remove());
        // Into an element that is already there, so that screen readers read it out.
        box.append(words['new-version'], refresh, later);
    };

    /** @type {(registration: ServiceWorkerRegistration) => void} */
    const watch = registration => {
        const offerWaiting = () => {
            // Without a version in use there is nothing to wait for.
            if (registration.waiting && navigator.serviceWorker.controller && !document.querySelector('.new-version')) {
                offer(registration.waiting);
            }
        };
        registration.addEventListener('updatefound', () => {
            registration.installing?.addEventListener('statechange', offerWaiting);
        });
        offerWaiting();
    };

    // The worker finds out whether the book has room only by fetching it: not on each visit.
    const FULL = `${qabook.storage}:full`;
    const WEEK = 7 * 24 * 3_600_000;

    /** @type {(address: string) => Promise<void>} */
    const start = async address => {
        if (Date.now() - Number(qabook.kept(FULL) ?? 0) < WEEK) {
            return;
        }
        const { serviceWorker } = navigator;
        serviceWorker.addEventListener('message', ({ data }) => data === 'full' && qabook.keep(FULL, String(Date.now())));
        serviceWorker.startMessages();
        // Every open page changes to the version that was accepted in one of them: none may mix the two.
        let controlled = Boolean(serviceWorker.controller);
        serviceWorker.addEventListener('controllerchange', () => {
            if (controlled) {
                location.reload();
            }
            controlled = true;
        });
        const registration = await serviceWorker.register(address, { updateViaCache: 'none' });
        watch(registration);
        if (controlled) {
            // Of a worker that is there already, `register` asks for no news.
            await registration.update().catch(() => {});
        }
        const { active } = await serviceWorker.ready;
        active?.postMessage({ opened: location.href });
    };

    if (location.protocol.startsWith('http')) {
        linkManifest();
        const worker = named('worker');
        if (worker && 'serviceWorker' in navigator) {
            // After the page itself has loaded. Where it is refused (private windows, full disks) the book works as ever.
            addEventListener('load', () => setTimeout(() => start(worker).catch(() => {}), 0));
        }
    }
}
