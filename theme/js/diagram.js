'use strict';

// Diagrams, enlarged: the button beside it or a click on the picture moves it into a dialog, where it grows by pinching, by
// Ctrl and the wheel, by + and −, by two clicks.
{
    /** How small and how large the text may be, against its size on a wide screen; and how large it is at first, at least. */
    const [LEAST, MOST, FIRST] = [0.5, 6, 1.6];

    const dialog = document.createElement('dialog');
    const frame = document.createElement('div');
    const close = document.createElement('button');
    dialog.className = 'diagram-dialog';
    frame.className = 'diagram-frame';
    close.className = 'diagram-close';
    frame.tabIndex = 0;
    close.type = 'button';
    close.textContent = '×';
    dialog.append(close, frame);

    /** @type {{svg: SVGSVGElement, home: HTMLElement} | undefined} What is enlarged, and where it belongs. */
    let shown;
    let scale = 1;

    /** @type {(to: number, x?: number, y?: number) => void} Enlarges to `to`; what is at `x`, `y` of the window stays there. */
    const enlarge = (to, x = innerWidth / 2, y = innerHeight / 2) => {
        if (!shown) {
            return;
        }
        const before = shown.svg.getBoundingClientRect();
        scale = Math.min(MOST, Math.max(LEAST, to));
        shown.svg.style.inlineSize = `${shown.svg.viewBox.baseVal.width * scale}px`;
        const after = shown.svg.getBoundingClientRect();
        const moved = (/** @type {number} */ at, /** @type {number} */ start, /** @type {number} */ size) =>
            size ? (at - start) / size : 0;
        frame.scrollLeft += after.left + moved(x, before.left, before.width) * after.width - x;
        frame.scrollTop += after.top + moved(y, before.top, before.height) * after.height - y;
    };

    /** The scale at which all of it is seen. */
    const whole = () => {
        const { width = 1, height = 1 } = shown?.svg.viewBox.baseVal ?? {};
        return Math.min(frame.clientWidth / width, frame.clientHeight / height) * 0.96;
    };

    /** @type {(home: HTMLElement) => void} Enlarges what is in the frame `home`. */
    const open = home => {
        const svg = home.querySelector('svg');
        if (!svg || dialog.open) {
            return;
        }
        // The page keeps its height.
        home.style.minBlockSize = `${home.offsetHeight}px`;
        shown = { svg, home };
        close.ariaLabel = home.dataset.close ?? '';
        dialog.setAttribute('aria-label', home.getAttribute('aria-label') ?? svg.querySelector('title')?.textContent ?? '');
        frame.replaceChildren(svg);
        document.body.append(dialog);
        dialog.showModal();
        frame.focus();
        enlarge(Math.max(whole(), FIRST));
        frame.scrollTo((frame.scrollWidth - frame.clientWidth) / 2, 0);
    };

    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => {
        if (shown) {
            shown.svg.style.inlineSize = '';
            shown.home.prepend(shown.svg);
            shown.home.style.minBlockSize = '';
            shown = undefined;
        }
        dialog.remove();
    });

    // Neither the book's keys nor mdBook's mean this, whichever of them are listened for first and wherever the focus is.
    addEventListener('keydown', event => {
        if (!dialog.open) {
            return;
        }
        event.stopPropagation();
        /** @type {Record<string, () => number>} */
        const sizes = { '+': () => scale * 1.25, '=': () => scale * 1.25, '-': () => scale / 1.25, '0': whole };
        if (Object.hasOwn(sizes, event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
            enlarge(sizes[event.key]());
            event.preventDefault();
        }
    }, true);
    frame.addEventListener('dblclick', event => {
        enlarge(scale > whole() * 1.5 ? whole() : scale * 2, event.clientX, event.clientY);
    });
    frame.addEventListener('wheel', event => {
        if (event.ctrlKey) {
            event.preventDefault();
            enlarge(scale * Math.exp(-event.deltaY / 200), event.clientX, event.clientY);
        }
    }, { passive: false });

    /** How far two fingers were from each other, and the scale then. */
    let pinch = { distance: 0, scale: 1 };
    /** @type {(touches: TouchList) => number} */
    const distance = ([one, two]) => Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
    frame.addEventListener('touchstart', ({ touches }) => {
        if (touches.length === 2) {
            pinch = { distance: distance(touches), scale };
        }
    }, { passive: true });
    frame.addEventListener('touchmove', event => {
        const { touches } = event;
        if (touches.length === 2 && pinch.distance) {
            event.preventDefault();
            const middle = (/** @type {'clientX' | 'clientY'} */ axis) => (touches[0][axis] + touches[1][axis]) / 2;
            enlarge(pinch.scale * distance(touches) / pinch.distance, middle('clientX'), middle('clientY'));
        }
    }, { passive: false });

    for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('main .diagram-zoom'))) {
        const home = button.nextElementSibling;
        if (home instanceof HTMLElement) {
            button.hidden = false;
            button.addEventListener('click', () => open(home));
            home.addEventListener('click', () => open(home));
        }
    }
}
