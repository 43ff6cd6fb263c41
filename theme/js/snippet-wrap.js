'use strict';

// A switch on cards whose code is wider than they are: long lines wrap, on all cards, as this reader once chose.
{
    const WRAP = `${qabook.storage}:wrap`;
    const root = document.documentElement;
    /** The texts that scroll on cards. */
    const CODE = '.snippet-scroll';
    /** @type {HTMLButtonElement[]} */
    const buttons = [];

    const mark = () => {
        for (const button of buttons) {
            button.setAttribute('aria-pressed', String('wrap' in root.dataset));
        }
    };

    root.toggleAttribute('data-wrap', qabook.kept(WRAP) === 'on');
    for (const card of qabook.snippets()) {
        const button = qabook.make('button', '', qabook.words['card-wrap']);
        button.type = 'button';
        button.dataset.do = 'wrap';
        button.hidden = true;
        card.querySelector('.snippet-actions')?.prepend(button);
        buttons.push(button);
        // Where nothing scrolls there is nothing to wrap.
        const measure = new ResizeObserver(() => {
            button.hidden = !('wrap' in root.dataset) && ![...card.querySelectorAll(CODE)].some(qabook.scrolls);
        });
        for (const frame of card.querySelectorAll(CODE)) {
            measure.observe(frame);
        }
    }
    mark();

    qabook.onCardClick({
        wrap(_card, _event, button) {
            const before = button.getBoundingClientRect().top;
            qabook.keep(WRAP, root.toggleAttribute('data-wrap') ? 'on' : null);
            mark();
            // All cards change their height; the one under the reader's finger stays where it is.
            scrollBy({ top: button.getBoundingClientRect().top - before, behavior: 'instant' });
        },
    });
}
