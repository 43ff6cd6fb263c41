// In the place of a published book's service worker: a browser that once read one at this address would go on showing the
// pages it kept. This worker drops them, reloads the open pages and goes.
'use strict';
{
    const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
    worker.addEventListener('install', () => worker.skipWaiting());
    worker.addEventListener('activate', event => {
        const retire = async () => {
            const names = await caches.keys();
            await Promise.all(names.filter(name => name.startsWith('qabook:/:')).map(name => caches.delete(name)));
            await worker.registration.unregister();
            const pages = await worker.clients.matchAll({ type: 'window' });
            for (const page of pages) {
                // Not waited for: it waits for this worker itself.
                page.navigate(page.url);
            }
        };
        event.waitUntil(retire());
    });
}
