'use strict';

// On 404.html: names the page whose address is most like the one that isn't there.
{
    /**
     * The letters of an address that say what it is about: no folders, no file extension, no punctuation.
     * @param {string} address
     */
    const essence = address => {
        let path = address;
        try {
            path = decodeURIComponent(address);
        } catch {
            // A broken escape: compared as it is.
        }
        return path.replace(/\/(index\.html?)?$/, '').replace(/\.\w+$/, '').split('/').pop()?.toLowerCase()
            .replace(/[^\p{L}\p{N}]/gu, '') ?? '';
    };

    /**
     * Pairs of neighbouring letters, the ends marked.
     * @param {string} text
     */
    const pairs = text => new Set(Array.from(`^${text}$`).map((letter, index, all) => letter + (all[index + 1] ?? '')));

    /**
     * How alike two texts are, from 0 to 1 (Dice's coefficient of their pairs).
     * @param {string} a
     * @param {string} b
     */
    const likeness = (a, b) => {
        const [left, right] = [pairs(a), pairs(b)];
        const shared = [...left].filter(pair => right.has(pair)).length;
        return 2 * shared / (left.size + right.size);
    };

    const suggest = () => {
        const place = document.getElementById('not-found-suggestion');
        const wanted = essence(location.pathname);
        if (!place || !wanted) {
            return;
        }
        /** @type {NodeListOf<HTMLAnchorElement>} */
        const links = document.querySelectorAll('#mdbook-sidebar a[href]:not([href^="#"])');
        const ranked = [...links]
            .map(link => ({ link, score: likeness(wanted, essence(new URL(link.href).pathname)) }))
            .sort((a, b) => b.score - a.score);
        const best = ranked.slice(0, 3).filter(({ score }) => score >= 0.4 && score >= ranked[0].score * 0.8);
        if (best.length === 0) {
            return;
        }
        for (const [index, { link }] of best.entries()) {
            const suggestion = document.createElement('a');
            suggestion.href = link.href;
            suggestion.textContent = link.textContent?.trim() ?? '';
            place.append(index > 0 ? place.dataset.comma ?? '' : '', suggestion);
        }
        place.hidden = false;
    };

    // The table of contents is filled while the page is read.
    if (document.readyState === 'loading') {
        document.addEventListener('DOMContentLoaded', suggest);
    } else {
        suggest();
    }
}
