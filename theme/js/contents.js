/**
 * The section that is being read: marked in the page's contents, counted in the bar, named in a report. What is chosen from the
 * contents closes them.
 */
'use strict';
{
    /** @type {HTMLElement[]} */
    const headings = Array.from(document.querySelectorAll('main :is(h2, h3)[id]'));
    const contents = document.getElementById('page-contents');
    const links = [...contents?.querySelectorAll('a') ?? []];
    const bar = /** @type {HTMLElement | null} */ (document.querySelector('.page-bar'));
    const place = bar?.querySelector('.page-place');

    /** @type {() => HTMLElement | undefined} The last heading that is in the upper third of the window, or above it. */
    const current = () => {
        const line = innerHeight / 3;
        // The last section may be too short to come up there.
        const atEnd = scrollY > 0 && scrollY + innerHeight > document.documentElement.scrollHeight - 4;
        return headings.filter(heading => heading.getBoundingClientRect().top <= (atEnd ? innerHeight : line)).at(-1);
    };

    /** @type {(link: HTMLElement) => void} Scrolls the contents alone. */
    const reveal = link => {
        const [inner, outer] = [link, contents ?? link].map(element => element.getBoundingClientRect());
        if (inner.top < outer.top || inner.bottom > outer.bottom) {
            contents?.scrollBy({ top: inner.top - outer.top - outer.height / 2 });
        }
    };

    const show = () => {
        const id = current()?.id;
        // A heading of a deeper level than the contents hold belongs to the one above it.
        const index = links.findIndex(link => decodeURIComponent(link.hash.slice(1)) === id);
        if (index >= 0 || !id) {
            links.forEach((link, at) => {
                link.ariaCurrent = at === index ? 'location' : null;
            });
            if (place) {
                place.textContent = ` · ${index + 1}/${links.length}`;
            }
            if (links[index]) {
                reveal(links[index]);
            }
        }
        const text = document.querySelector('main')?.getBoundingClientRect();
        const way = text ? text.height - innerHeight : 0;
        bar?.style.setProperty('--read', String(text && way > 0 ? Math.min(Math.max(-text.top / way, 0), 1) : 1));
    };

    if (contents) {
        let waits = false;
        const later = () => {
            if (!waits) {
                waits = true;
                requestAnimationFrame(() => {
                    waits = false;
                    show();
                });
            }
        };
        for (const event of ['scroll', 'resize', 'load']) {
            addEventListener(event, later, { passive: true });
        }
        contents.addEventListener('click', ({ target }) => {
            if (target instanceof Element && target.closest('a') && contents.matches(':popover-open')) {
                contents.hidePopover();
            }
        });
        later();
    }

    /** @type {HTMLAnchorElement | null} */
    const report = document.querySelector('.page-report');
    report?.addEventListener('click', () => {
        const section = current();
        const address = new URL(report.href);
        const field = [...address.searchParams.keys()].at(-1) ?? '';
        const [page, ...rest] = (address.searchParams.get(field) ?? '').split('\n');
        const where = section ? `${page.replace(/#.*/s, '')}#${section.id} (${section.textContent?.trim()})` : page;
        address.searchParams.set(field, [where, ...rest].join('\n'));
        report.href = address.href;
    });

    // One line about the book for those who come from elsewhere, until they have read it or gone on.
    const about = /** @type {HTMLElement | null} */ (document.querySelector('.about-book'));
    const KEY = `${qabook.storage}:met`;
    const { referrer } = document;
    if (!referrer || referrer.startsWith(qabookRoot.href)) {
        qabook.keep(KEY, '1');
    } else if (about && qabook.kept(KEY) === null) {
        about.hidden = false;
        about.querySelector('button')?.addEventListener('click', () => {
            qabook.keep(KEY, '1');
            about.remove();
        });
    }
}
