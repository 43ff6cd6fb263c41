'use strict';

// Editing a card's program in place.
//
// The editor is a textarea with transparent text that lies over the highlighted code: input methods, screen readers, spell
// of the caret, undo and selection are the browser's own. The text is always that of `.snippet-code`, so that whoever needs
// the program reads it there; `snippet:changed` on the card says that it is another one. A card that shows a part shows the
// whole program while and after it is edited; its `data-program` (the whole program when only a part is shown) goes.
{
    const INDENT = 4;

    /** @typedef {{ hash: number, text: string }} SavedEdit */

    /** @type {(text: string) => number} */
    const hash = text => [...text].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) | 0, 7);

    /** @type {(key: string, edit: SavedEdit | null) => void} Where nothing is kept, the edit lives as long as the page. */
    const save = (key, edit) => {
        qabook.keep(key, edit && JSON.stringify(edit));
    };

    /** @type {(key: string) => SavedEdit | null} */
    const saved = key => {
        try {
            return JSON.parse(qabook.kept(key) ?? 'null');
        } catch {
            return null;
        }
    };

    /**
     * The edit of `original` under `key`; one of an earlier text of the program is dropped.
     * @type {(key: string, original: string) => string | null}
     */
    const editOf = (key, original) => {
        const edit = saved(key);
        if (edit && edit.hash === hash(original) && typeof edit.text === 'string') {
            return edit.text;
        }
        if (edit) {
            save(key, null);
        }
        return null;
    };

    /**
     * Replaces the selection as typing would: undo takes it back. execCommand is deprecated but the only way that keeps the
     * undo history; where it does nothing, setRangeText does the rest without history.
     * @type {(area: HTMLTextAreaElement, text: string) => void}
     */
    const insert = (area, text) => {
        const done = text ? document.execCommand('insertText', false, text)
            : area.selectionStart === area.selectionEnd || document.execCommand('delete');
        if (!done) {
            area.setRangeText(text, area.selectionStart, area.selectionEnd, 'end');
            area.dispatchEvent(new Event('input', { bubbles: true }));
        }
    };

    /** @type {(area: HTMLTextAreaElement, outwards: boolean) => void} */
    const indent = (area, outwards) => {
        const { value, selectionStart: start, selectionEnd: end } = area;
        const lineStart = value.lastIndexOf('\n', start - 1) + 1;
        if (start === end && !outwards) {
            insert(area, ' '.repeat(INDENT - (start - lineStart) % INDENT));
            return;
        }
        // A selection that ends before the first character of a line doesn't mean that line.
        const last = end > start && value[end - 1] === '\n' ? end - 1 : end;
        const lineEnd = (value.indexOf('\n', last) + 1 || value.length + 1) - 1;
        const lines = value.slice(lineStart, lineEnd);
        const moved = outwards ? lines.replace(/^(?: {1,4}|\t)/gm, '') : lines.replace(/^(?=.)/gm, ' '.repeat(INDENT));
        if (moved === lines) {
            return;
        }
        area.setSelectionRange(lineStart, lineEnd);
        insert(area, moved);
        const caret = Math.max(lineStart, start + moved.length - lines.length);
        area.setSelectionRange(start === end ? caret : lineStart, start === end ? caret : lineStart + moved.length);
    };

    /** @type {(area: HTMLTextAreaElement) => void} A line break that keeps the indentation, deeper after an opening brace. */
    const breakLine = area => {
        const before = area.value.slice(0, area.selectionStart);
        const line = before.slice(before.lastIndexOf('\n') + 1);
        const deeper = /[{([]\s*$/.test(line) ? ' '.repeat(INDENT) : '';
        insert(area, `\n${/^[ \t]*/.exec(line)?.[0] ?? ''}${deeper}`);
    };

    /** @type {(card: HTMLElement, text: string) => HTMLTextAreaElement} */
    const makeEditor = (card, text) => {
        const area = qabook.make('textarea', 'snippet-editor');
        area.wrap = 'off';
        area.spellcheck = false;
        area.translate = false;
        area.autocomplete = 'off';
        area.setAttribute('autocapitalize', 'off');
        area.setAttribute('autocorrect', 'off');
        area.setAttribute('aria-label', qabook.say('card-editor', { caption: card.getAttribute('aria-label') ?? '' }));
        area.value = text;
        // While an input method composes, its marks need visible text: the textarea shows its own.
        area.addEventListener('compositionstart', () => card.setAttribute('data-composing', ''));
        area.addEventListener('compositionend', () => card.removeAttribute('data-composing'));
        return area;
    };

    /**
     * The keys of code; all others are the browser's.
     * @type {(event: KeyboardEvent, area: HTMLTextAreaElement, card: HTMLElement, leave: () => void) => void}
     */
    const onKey = (event, area, card, leave) => {
        // An input method is at work: its keys are not ours. Safari tells it by the key code alone.
        if (event.isComposing || event.keyCode === 229) {
            return;
        }
        const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
        if (event.key === 'Escape') {
            leave();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            card.querySelector('[data-do="run"]')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
        } else if (event.key === 'Tab' && plain) {
            indent(area, event.shiftKey);
        } else if (event.key === 'Enter' && plain && !event.shiftKey) {
            breakLine(area);
        } else {
            return;
        }
        event.preventDefault();
    };

    /**
     * A card whose program can be edited: `still` is the markup of its code, `part` its `data-program`, `area` the open editor.
     * @typedef {{ card: HTMLElement, code: Element, button: HTMLElement, restore: HTMLElement | null, still: string,
     *     part: string | undefined, original: string, key: string, area: HTMLTextAreaElement | null, text: string }} Edited
     */

    /** @type {(card: HTMLElement, message: string) => void} */
    const notice = (card, message) => {
        card.dispatchEvent(new CustomEvent('snippet:notice', { detail: message, bubbles: true }));
    };

    /** @type {(edited: Edited) => void} Makes the card show what the text and the editor's state ask for. */
    const render = ({ card, code, restore, still, part, original, area, text }) => {
        if (area || text !== original) {
            code.dispatchEvent(new CustomEvent('snippet:paint', { detail: text, bubbles: true }));
            delete card.dataset.program;
        } else {
            code.innerHTML = still;
            if (part !== undefined) {
                card.dataset.program = part;
            }
        }
        card.toggleAttribute('data-edited', text !== original);
        restore?.toggleAttribute('hidden', text === original);
        card.dispatchEvent(new CustomEvent('snippet:changed', { bubbles: true }));
    };

    /** @type {(edited: Edited, text: string) => void} */
    const edit = (edited, text) => {
        const { key, original } = edited;
        edited.text = text;
        save(key, text === original ? null : { hash: hash(original), text });
        render(edited);
    };

    /** @type {(edited: Edited, area: HTMLTextAreaElement | null) => void} */
    const setArea = (edited, area) => {
        const { card, button } = edited;
        edited.area = area;
        card.toggleAttribute('data-editing', area !== null);
        button.setAttribute('aria-pressed', String(area !== null));
        button.textContent = qabook.words[area ? 'card-edit-done' : 'card-edit'];
        render(edited);
    };

    /** @type {(edited: Edited) => void} */
    const close = edited => {
        edited.area?.remove();
        edited.card.removeAttribute('data-composing');
        setArea(edited, null);
    };

    /** @type {(edited: Edited) => void} */
    const open = edited => {
        const { card, code, button, part, text } = edited;
        const area = makeEditor(card, text);
        area.addEventListener('input', () => edit(edited, area.value));
        area.addEventListener('keydown', event => onKey(event, area, card, () => {
            close(edited);
            button.focus();
        }));
        setArea(edited, area);
        code.after(area);
        area.setSelectionRange(0, 0);
        area.focus({ preventScroll: true });
        // The keys of those who have some: what floats over a phone's code hides it.
        const keys = matchMedia('(hover: none)').matches ? '' : qabook.words['card-keys'];
        notice(card, `${part === undefined ? '' : qabook.words['card-whole-shown']}${keys}`);
    };

    /** @type {(edited: Edited) => void} */
    const bringBack = edited => {
        const { card, button, original, area } = edited;
        if (area) {
            area.focus();
            area.select();
            insert(area, original);
        } else {
            edit(edited, original);
            button.focus();
        }
        notice(card, qabook.words['card-restored']);
    };

    /** @type {(card: HTMLElement, code: Element, button: HTMLElement) => void} */
    const setUp = (card, code, button) => {
        const part = card.dataset.program;
        const original = qabook.program(card);
        const key = `${qabook.storage}:code:${card.dataset.snippet}`;
        /** @type {HTMLElement | null} */
        const restore = card.querySelector('[data-do="restore"]');
        const text = editOf(key, original) ?? original;
        const edited = { card, code, button, restore, still: code.innerHTML, part, original, key, area: null, text };
        button.addEventListener('click', () => (edited.area ? close : open)(edited));
        restore?.addEventListener('click', () => bringBack(edited));
        if (text !== original) {
            render(edited);
        }
    };

    for (const card of qabook.snippets()) {
        const code = card.querySelector('.snippet-code');
        const button = card.querySelector('[data-do="edit"]');
        if (button instanceof HTMLElement && code) {
            setUp(card, code, button);
        }
    }
}
