/**
 * The reader's marks, 会 or 再看: elements with `data-question` get theirs as `data-mark`.
 *
 * Of two marks the later wins, so that an import never undoes what was marked since; `none` is a mark taken away.
 */
'use strict';
{
    const KEY = 'wenxiu:progress';
    const FORMAT = 'wenxiu-progress';
    /** @typedef {{mark: string, at: number}} Mark */
    /** @typedef {Record<string, Mark>} Marks */

    // What is kept; where localStorage throws, for as long as the page.
    let text = '';
    let forgets = false;

    /** @param {Marks} marks */
    const write = marks => JSON.stringify({ format: FORMAT, version: 1, marks });

    /**
     * @param {string} json
     * @returns {Marks | null} null when this script didn't write it
     */
    const read = json => {
        try {
            const { format, version, marks } = JSON.parse(json);
            const good = (/** @type {Mark} */ { mark, at }) => /^(known|again|none)$/.test(mark) && Number.isFinite(at);
            return format === FORMAT && version === 1 && Object.values(marks).every(good) ? marks : null;
        } catch {
            return null;
        }
    };

    const load = () => {
        const kept = qabook.kept(KEY);
        forgets ||= kept === undefined;
        text = forgets ? text : kept || '';
        return read(text) || {};
    };

    /** @param {Marks} marks */
    const save = marks => {
        text = write(marks);
        forgets ||= !qabook.keep(KEY, text);
        show();
    };

    /**
     * @param {string} selector
     * @returns {HTMLElement[]}
     */
    const all = selector => Array.from(document.querySelectorAll(selector));

    /** @param {string} message */
    const say = message => {
        for (const notice of all('.progress-notice')) {
            notice.textContent = message;
        }
    };

    // In the table of contents, as soon as there is a mark.
    const counts = qabook.make('span', 'progress-counts');

    const show = () => {
        const marks = load();
        for (const element of all('[data-question]')) {
            const mark = marks[element.dataset.question || '']?.mark || 'none';
            element.dataset.mark = mark;
            for (const button of element.querySelectorAll('button')) {
                button.ariaPressed = String(button.value === mark);
            }
        }
        for (const place of all('.progress-counts')) {
            const scope = place.closest('nav, main');
            const [total, known, again] = ['', '[data-mark=known]', '[data-mark=again]'].map(mark =>
                scope?.querySelectorAll(`:is(li, span)[data-question]${mark}`).length || 0);
            place.textContent = `会 ${known} · 再看 ${again} · 共 ${total}`;
            place.hidden = place === counts && known + again === 0;
            place.style.cssText = `--known:${known / total};--again:${again / total}`;
        }
        say(forgets ? '这个浏览器不让网页保存数据，关掉这一页，标记就没了。' : '');
    };

    /** @param {HTMLButtonElement} button */
    const mark = ({ parentElement, value, ariaPressed }) => {
        const { question = '' } = parentElement?.dataset || {};
        save({ ...load(), [question]: { mark: ariaPressed === 'true' ? 'none' : value, at: Date.now() } });
    };

    const exportMarks = () => {
        const link = qabook.make('a', '');
        link.href = URL.createObjectURL(new Blob([write(load())], { type: 'application/json' }));
        link.download = `${FORMAT}-${new Date().toISOString().slice(0, 10)}.json`;
        link.click();
    };

    /** @param {File} file */
    const importMarks = async file => {
        const theirs = read(await file.text().catch(() => ''));
        if (!theirs) {
            say(`「${file.name}」不是从这里导出的进度文件，原来的标记都没有动。`);
            return;
        }
        const ours = load();
        const later = Object.entries(theirs).filter(([slug, { at }]) => at > (ours[slug]?.at || 0));
        save({ ...ours, ...Object.fromEntries(later) });
        say(`导入了 ${later.length} 题的标记。`);
    };

    const clear = () => {
        if (confirm('清空全部标记？清空之后找不回来，可以先导出。')) {
            save({});
            say('已清空。');
        }
    };

    // In the table of contents the questions are the numbered pages; a page's name is its question's slug.
    for (const number of all('#mdbook-sidebar a > strong')) {
        const link = /** @type {HTMLAnchorElement} */ (number.parentElement);
        /** @type {HTMLElement} */ (link.parentElement).dataset.question = /([^/]*)\.html$/.exec(link.pathname)?.[1];
    }
    document.querySelector('#mdbook-sidebar .chapter-link-wrapper')?.append(counts);

    const input = /** @type {HTMLInputElement | null} */ (document.querySelector('.progress-tools input'));
    input?.addEventListener('change', async () => {
        await Promise.all([...input.files || []].map(importMarks));
        input.value = '';
    });
    /** @type {Record<string, (button: HTMLButtonElement) => void>} By the values of the buttons. */
    const actions = { known: mark, again: mark, export: exportMarks, import: () => input?.click(), clear };
    document.addEventListener('click', ({ target }) => {
        const button = target instanceof Element ? target.closest('button') : null;
        if (button?.closest('.question-marks, .progress-tools')) {
            actions[button.value]?.(button);
        }
    });
    // Other tabs mark, too, and a page may come back as it was left.
    for (const event of ['storage', 'pageshow']) {
        window.addEventListener(event, show);
    }
    for (const place of all('.question-marks, .progress-summary')) {
        place.hidden = false;
    }
    show();
}
