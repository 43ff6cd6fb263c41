/**
 * The sidebar where it lies over the page, as on a phone: closed by Esc and by choosing a page or a section; what is below it
 * waits. A tap beside it closes it without scripts.
 */
'use strict';
{
    const covers = matchMedia('(max-width: 839.98px)');
    const { classList } = document.documentElement;
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById('mdbook-sidebar-toggle-anchor'));
    const sidebar = document.getElementById('mdbook-sidebar');
    const page = document.getElementById('mdbook-page-wrapper');

    if (box && sidebar && page) {
        // mdBook's script opens and closes it in several ways, not all of which turn the box or show what was hidden.
        const settle = () => {
            const open = classList.contains('sidebar-visible');
            box.checked = open;
            if (open) {
                sidebar.style.display = '';
            }
            page.inert = open && covers.matches;
        };
        const close = () => {
            box.checked = false;
            box.dispatchEvent(new Event('change'));
        };
        new MutationObserver(settle).observe(document.documentElement, { attributeFilter: ['class'] });
        covers.addEventListener('change', settle);

        document.addEventListener('keydown', ({ key }) => {
            if (key === 'Escape' && box.checked && covers.matches) {
                close();
                box.focus();
            }
        });
        // mdBook's script takes a box that is ticked for one that is written into, and turns no page.
        box.addEventListener('keydown', event => {
            if (/^(Arrow(Left|Right)|\?)$/.test(event.key)) {
                document.body.dispatchEvent(new KeyboardEvent('keydown', event));
            }
        });
        sidebar.addEventListener('click', ({ target }) => {
            if (covers.matches && target instanceof Element && target.closest('a[href]')) {
                close();
            }
        });
    }
}
