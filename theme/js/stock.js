'use strict';

// Fixes for what mdBook's book.js does in the browser.

// Chinese words for the labels that it writes. Those in the page itself are translated by the build.
{
    /** @type {Record<string, string>} */
    const WORDS = {
        'Copy to clipboard': '复制',
        'Copied!': '已复制',
        'Clipboard error!': '复制失败，请手动选取',
        'Show hidden lines': '显示隐藏的行',
        'Hide lines': '收起隐藏的行',
    };

    /** @param {Element} button */
    const translate = button => {
        for (const name of ['title', 'aria-label']) {
            const words = WORDS[button.getAttribute(name) ?? ''];
            if (words) {
                button.setAttribute(name, words);
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
            const words = WORDS[tooltip.textContent ?? ''];
            if (words) {
                tooltip.textContent = words;
            }
        }).observe(tooltip, { childList: true });
    };

    for (const buttons of document.querySelectorAll('pre .buttons')) {
        // The button for hidden lines tells by its own title what a click does: it must be the stock one meanwhile.
        buttons.addEventListener('click', event => {
            const button = event.target instanceof Element ? event.target.closest('button') : null;
            const stock = button && Object.keys(WORDS).find(words => WORDS[words] === button.title);
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
