/** The box above the glossary: rows of its tables that have no such text are hidden, and what stands above an empty table. */
'use strict';
{
    const box = /** @type {HTMLElement | null} */ (document.querySelector('.glossary-filter'));
    const input = box?.querySelector('input');
    const status = /** @type {HTMLElement | null | undefined} */ (box?.querySelector('[role="status"]'));
    /** @type {(text: string) => string} Full-width letters are letters, and case doesn't matter. */
    const plain = text => text.normalize('NFKC').toLowerCase();
    const tables = [...document.querySelectorAll('main > .table-wrapper')].map(table => ({
        table: /** @type {HTMLElement} */ (table),
        rows: [...table.querySelectorAll('tbody tr')].map(row => ({
            row: /** @type {HTMLElement} */ (row), text: plain(row.textContent ?? ''),
        })),
    }));

    const filter = () => {
        const words = plain(input?.value ?? '').split(/\s+/).filter(Boolean);
        let total = 0;
        for (const { table, rows } of tables) {
            let count = 0;
            for (const { row, text } of rows) {
                row.hidden = !words.every(word => text.includes(word));
                count += row.hidden ? 0 : 1;
            }
            table.hidden = count === 0;
            const above = table.previousElementSibling;
            if (above instanceof HTMLHeadingElement) {
                above.hidden = count === 0;
            }
            total += count;
        }
        if (status) {
            status.textContent = words.length === 0 ? '' : total > 0 ? String(total) : status.dataset.none ?? '';
        }
    };

    if (box && input && tables.length > 0) {
        box.hidden = false;
        input.addEventListener('input', filter);
        input.addEventListener('keydown', ({ key }) => {
            if (key === 'Escape') {
                input.value = '';
                filter();
            }
        });
        // A browser may bring back what was written.
        filter();
    }
}
