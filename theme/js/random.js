/** A random question: another than this page's, not marked as known. Without scripts the link leads to a fixed one. */
'use strict';
{
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('a.random-question'))) {
        const turn = () => {
            /** @type {NodeListOf<HTMLAnchorElement>} */
            const all = document.querySelectorAll('#mdbook-sidebar [data-question] > a:not(.active)');
            const open = [...all].filter(({ parentElement }) => parentElement?.dataset.mark !== 'known');
            const pool = open.length ? open : [...all];
            link.href = pool[Math.floor(Math.random() * pool.length)]?.href || link.href;
        };
        // Once before the press, so that a new tab and the status line have it, too.
        turn();
        link.addEventListener('click', turn);
    }
}
