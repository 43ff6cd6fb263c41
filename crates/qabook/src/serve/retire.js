// In the place of a published book's service worker: a browser that once read one at this address would go on showing the
// pages it kept. This worker drops them, reloads the open pages and goes.
'use strict';
{
    self.addEventListener('install', () => self.skipWaiting());
    self.addEventListener('activate', event => {
        const retire = async () => {
            const names = await caches.keys();
            await Promise.all(names.filter(name => name.startsWith('qabook:/:')).map(name => caches.delete(name)));
            await self.registration.unregister();
            const pages = await self.clients.matchAll({ type: 'window' });
            pages.forEach(page => page.navigate(page.url));
        };
        event.waitUntil(retire());
    });
}
