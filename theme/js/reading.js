/** The size of the text and the width of its lines, as the reader likes them; theme/head.hbs sets them before the page is drawn. */
'use strict';
{
    const { words } = qabook;
    const { dataset } = document.documentElement;
    /** @type {Record<string, string[]>} The first is as the book has it. */
    const CHOICES = { text: ['normal', 'small', 'large', 'larger'], width: ['normal', 'narrow', 'wide'] };
    const ORDER = ['small', 'narrow', 'normal', 'large', 'wide', 'larger'];

    /** @type {(name: string, value: string) => void} */
    const set = (name, value) => {
        if (value !== 'normal' && CHOICES[name].includes(value)) {
            dataset[name] = value;
        } else {
            delete dataset[name];
        }
    };
    const apply = () => {
        for (const name of Object.keys(CHOICES)) {
            set(name, qabook.kept(`${qabook.storage}:${name}`) ?? '');
        }
    };

    /** @type {(name: string) => HTMLElement} */
    const choice = name => {
        const options = ORDER.filter(value => CHOICES[name].includes(value)).map(value => {
            const radio = Object.assign(qabook.make('input', ''), { type: 'radio', name: `reading-${name}`, value });
            radio.checked = value === (dataset[name] ?? 'normal');
            radio.addEventListener('change', () => {
                set(name, value);
                qabook.keep(`${qabook.storage}:${name}`, value === 'normal' ? null : value);
            });
            return qabook.make('label', '', radio, words[`reading-${value}`]);
        });
        return qabook.make('fieldset', '', qabook.make('legend', '', words[`reading-${name}`]), ...options);
    };

    apply();
    // Other tabs set it, too.
    for (const event of ['storage', 'pageshow']) {
        addEventListener(event, apply);
    }
    const place = document.querySelector('#mdbook-menu-bar .left-buttons');
    if (place && words.reading && 'popover' in place) {
        const button = qabook.make('button', 'icon-button reading-toggle');
        button.type = 'button';
        button.title = words.reading;
        button.ariaLabel = words.reading;
        const options = qabook.make('div', 'reading-options');
        options.popover = 'auto';
        options.role = 'group';
        options.ariaLabel = words.reading;
        options.addEventListener('beforetoggle', event => {
            // When it closes, the button gets the focus of what is in it.
            if (/** @type {ToggleEvent} */ (event).newState === 'open') {
                options.replaceChildren(...Object.keys(CHOICES).map(choice));
            }
        });
        button.popoverTargetElement = options;
        place.append(button, options);
    }
}
