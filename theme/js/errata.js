'use strict';

// The page of errata: what a link, the search or the address leads to is open, and all of it on paper.
{
    const parts = /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll('details.errata-of'));

    const openTarget = () => {
        const heading = document.getElementById(decodeURIComponent(location.hash.slice(1)));
        const part = heading?.nextElementSibling;
        if (part instanceof HTMLDetailsElement) {
            part.open = true;
        }
    };

    addEventListener('hashchange', openTarget);
    openTarget();

    /** @type {HTMLDetailsElement[]} */
    let closed = [];
    addEventListener('beforeprint', () => {
        closed = [...parts].filter(part => !part.open);
        closed.forEach(part => { part.open = true; });
    });
    addEventListener('afterprint', () => closed.forEach(part => { part.open = false; }));
}
