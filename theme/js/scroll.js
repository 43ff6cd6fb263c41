/** Wide tables, drawings and formulas scroll in their frame: by Tab and arrow keys, too, and with a visible hint. */
'use strict';
{
    const ATTRIBUTES = { tabindex: '0', role: 'group', 'aria-label': '可以左右滚动', 'data-scrolls': '' };

    const measure = () => {
        for (const frame of document.querySelectorAll('main :is(.table-wrapper, .diagram-picture, .katex-display)')) {
            const scrolls = frame.scrollWidth > frame.clientWidth + 1;
            for (const [name, value] of Object.entries(ATTRIBUTES)) {
                frame.toggleAttribute(name, scrolls) && frame.setAttribute(name, value);
            }
        }
    };
    measure();
    window.addEventListener('resize', measure);

    // mdBook turns pages by ← and →: not while these scroll what has the focus.
    document.addEventListener('keydown', event => {
        const { target, key } = event;
        if (target instanceof HTMLElement && /^Arrow(Left|Right)$/.test(key)
            && target.scrollWidth > target.clientWidth && getComputedStyle(target).overflowX === 'auto') {
            event.stopPropagation();
        }
    }, { capture: true });
}
