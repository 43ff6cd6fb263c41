'use strict';

// Fixes for what mdBook's book.js does in the browser.

// The book's words for the labels that it writes. Those in the page itself are translated by the build.
{
    const { words } = qabook;
    /** @type {Record<string, string>} */
    const WORDS = {
        'Copy to clipboard': words.copy,
        'Copied!': words.copied,
        'Clipboard error!': words['copy-failed'],
        'Show hidden lines': words['show-lines'],
        'Hide lines': words['hide-lines'],
    };

    /** @param {Element} button */
    const translate = button => {
        for (const name of ['title', 'aria-label']) {
            const said = WORDS[button.getAttribute(name) ?? ''];
            if (said) {
                button.setAttribute(name, said);
            }
        }
    };

    /**
     * book.js shows the result of copying in an element inside the button.
     * @param {Element} tooltip
     */
    const translateResults = tooltip => {
        tooltip.setAttribute('role', 'status');
        new MutationObserver(() => {
            const said = WORDS[tooltip.textContent ?? ''];
            // The same words again would be another change.
            if (said && said !== tooltip.textContent) {
                tooltip.textContent = said;
            }
        }).observe(tooltip, { childList: true });
    };

    for (const buttons of document.querySelectorAll('pre .buttons')) {
        // The button for hidden lines tells by its own title what a click does: it must be the stock one meanwhile.
        buttons.addEventListener('click', event => {
            const button = event.target instanceof Element ? event.target.closest('button') : null;
            const stock = button && Object.keys(WORDS).find(label => WORDS[label] === button.title);
            if (button && stock) {
                button.title = stock;
            }
        }, true);
        buttons.addEventListener('click', () => buttons.querySelectorAll('button').forEach(translate));
        buttons.querySelectorAll('button').forEach(translate);
        buttons.querySelectorAll('.tooltiptext').forEach(translateResults);
    }
}

// It writes the theme's colour into the first <meta name="theme-color">; the build has made one for light and one for dark
// systems, and the browser may have taken the other.
{
    /** @type {NodeListOf<HTMLMetaElement>} */
    const [first, ...others] = document.querySelectorAll('meta[name="theme-color"]');
    if (first) {
        new MutationObserver(() => others.forEach(other => {
            other.content = first.content;
        })).observe(first, { attributeFilter: ['content'] });
    }
}

// Its help lies over the page: until Esc closes it, keys are not for what is below.
{
    const help = document.getElementById('mdbook-help-container');
    addEventListener('keydown', event => {
        if (event.key !== 'Escape' && help?.checkVisibility()) {
            event.stopPropagation();
        }
    }, true);
}
