'use strict';

// What is wider than its frame scrolls: by Tab and arrow keys, too, and with a visible hint.
{
    const { scrolls: label, 'scroll-hint': hint } = qabook.words;
    const ATTRIBUTES = { tabindex: '0', role: 'group', 'aria-label': label, 'data-scrolls': hint };
    /** Code says itself what it is: that of cards, and that of plain fences, where no frame around it scrolls. */
    const CODE = '.snippet-scroll, main pre:not(.snippet pre, .practice pre) > code';

    const measure = new ResizeObserver(frames => {
        for (const { target } of frames) {
            const scrolls = qabook.scrolls(target);
            if (target.matches(CODE)) {
                // What doesn't scroll needs no stop of the Tab key.
                target.setAttribute('tabindex', scrolls ? '0' : '-1');
                continue;
            }
            for (const [name, value] of Object.entries(ATTRIBUTES)) {
                if (target.toggleAttribute(name, scrolls)) {
                    target.setAttribute(name, value);
                }
            }
        }
    });
    for (const frame of document.querySelectorAll(`main :is(.table-wrapper, .diagram-picture, .katex-display), ${CODE}`)) {
        measure.observe(frame);
    }

    // mdBook turns pages by ← and →: not while these scroll what has the focus.
    document.addEventListener('keydown', event => {
        const { target, key } = event;
        if (target instanceof HTMLElement && /^Arrow(Left|Right)$/.test(key)
            && qabook.scrolls(target) && getComputedStyle(target).overflowX === 'auto') {
            event.stopPropagation();
        }
    }, { capture: true });
}
