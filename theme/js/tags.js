/** The page of tags: a chip shows the questions of its tag alone, levels and marks leave out the others. */
'use strict';
{
    const filters = /** @type {HTMLElement | null} */ (document.querySelector('.tag-filters'));
    const empty = document.querySelector('.tag-empty');
    /** @type {HTMLElement[]} */
    const sections = Array.from(document.querySelectorAll('.tag-sections > section'));
    /** @type {HTMLAnchorElement[]} Those of the sections here; of tags on other pages they are links. */
    const chips = Array.from(document.querySelectorAll('.tag-chips a[href^="#"]'));
    // Below the chips of a phone nobody reads what isn't chosen.
    const isNarrow = matchMedia('(max-width: 600px)');
    let chosen = '';

    /** @type {(name: string) => string[]} */
    const checked = name => [...filters?.querySelectorAll('input') ?? []]
        .filter(box => box.name === name && box.checked).map(box => box.value);

    const show = () => {
        const [levels, marks] = [checked('level'), checked('mark')];
        const waits = isNarrow.matches && chosen === '' && levels.length + marks.length === 0;
        let any = false;
        for (const [at, section] of sections.entries()) {
            /** @type {NodeListOf<HTMLElement>} */
            const questions = section.querySelectorAll('[data-question]');
            let count = 0;
            for (const question of questions) {
                const { level = '', mark = 'none' } = question.dataset;
                question.hidden = (levels.length > 0 && !levels.includes(level)) || (marks.length > 0 && !marks.includes(mark));
                count += question.hidden ? 0 : 1;
            }
            const chip = chips[at];
            const is = chip.hash === chosen;
            section.hidden = count === 0 || (chosen !== '' && !is);
            any ||= !section.hidden;
            section.hidden ||= waits;
            chip.ariaCurrent = is ? 'true' : null;
            chip.hidden = count === 0 && !is;
            chip.querySelector('span')?.replaceChildren(String(count));
        }
        if (empty) {
            empty.textContent = any ? '' : '—';
        }
    };

    /** @type {() => void} On a phone all chips are higher than the window. */
    const reveal = () => sections[chips.findIndex(chip => chip.hash === chosen)]?.scrollIntoView({ block: 'nearest' });

    if (filters && chips.length === sections.length) {
        filters.hidden = false;
        filters.addEventListener('change', show);
        document.addEventListener('qabook:progress', show);
        document.querySelector('.tag-chips')?.addEventListener('click', event => {
            const chip = event.target instanceof Element ? event.target.closest('a') : null;
            if (chip && chips.includes(chip)) {
                event.preventDefault();
                chosen = chosen === chip.hash ? '' : chip.hash;
                show();
                reveal();
            }
        });
        isNarrow.addEventListener('change', show);
        // From a chapter one comes for one tag. Other addresses within the page, such as that of its text, choose none.
        const follow = () => {
            const chip = chips.find(({ hash }) => hash === location.hash);
            if (chip || location.hash === '') {
                chosen = chip?.hash ?? '';
                show();
                reveal();
            }
        };
        addEventListener('hashchange', follow);
        show();
        follow();
    }
}
