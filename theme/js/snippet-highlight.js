'use strict';

// Highlights Rust while it is edited: `snippet:paint` on a `.snippet-code` element, whose detail is the new text, fills it
// with the same lines and classes as the build does (preprocessors/snippets/src/highlight.rs).
{
    const KEYWORDS = new Set(('as async await box break const continue crate dyn else enum extern fn for if impl in let loop '
        + 'match mod move mut pub ref return self Self static struct super trait type union unsafe use where while '
        + 'bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize').split(' '));

    /** Comment, string or character, lifetime, number, name, anything else. What isn't closed runs to the end. */
    const TOKEN = new RegExp([
        String.raw`(?<c>//.*|/\*[^]*?(?:\*/|$))`,
        String.raw`(?<s>b?r(?<hashes>#*)"[^]*?(?:"\k<hashes>|$)|[bc]?"(?:\\[^]|[^"\\])*(?:"|$)`
            + String.raw`|b?'(?:\\(?:u\{[^}\n]*\}|x..|.)|[^\\'\n])')`,
        String.raw`(?<k>'[A-Za-z_]\w*)`,
        String.raw`(?<n>\b\d\w*(?:\.\d\w*)?)`,
        String.raw`(?<name>[A-Za-z_]\w*)(?<bang>!(?!=))?`,
        '[^]',
    ].join('|'), 'gu');

    /** @type {(name: string, bang: boolean, before: string, after: string) => string} */
    const classOfName = (name, bang, before, after) =>
        KEYWORDS.has(name) ? 'k'
            : /^(?:true|false|[A-Z][A-Z\d_]+)$/.test(name) ? 'n'
                : bang ? 'm'
                    : /^[A-Z]/.test(name) ? 't'
                        // As the build does: `f(` and `.f(`, but not `T::f(` and `#[f(`.
                        : after === '(' && before !== ':' && before !== '[' ? 'f' : '';

    /** @type {(match: RegExpMatchArray, text: string) => string} */
    const classOf = ({ 0: token, index = 0, groups }, text) => {
        const { name, bang } = groups ?? {};
        return name !== undefined
            ? classOfName(name, bang !== undefined, text[index - 1] ?? '', text[index + token.length] ?? '')
            : ['c', 's', 'k', 'n'].find(kind => groups?.[kind] !== undefined) ?? '';
    };

    /** @type {(element: Element, text: string) => void} */
    const paint = (element, text) => {
        const lines = document.createDocumentFragment();
        const newLine = () => {
            const line = qabook.make('span', 'l');
            lines.append(line);
            return line;
        };
        let line = newLine();
        /** @type {(piece: string, className: string) => void} */
        const add = (piece, className) => {
            for (const [index, part] of piece.split('\n').entries()) {
                if (index > 0) {
                    lines.append('\n');
                    line = newLine();
                }
                if (part) {
                    line.append(className ? qabook.make('span', className, part) : part);
                }
            }
        };
        for (const match of text.matchAll(TOKEN)) {
            const kind = classOf(match, text);
            // Placeholders of format strings stand out.
            const pieces = kind === 's' ? match[0].split(/(\{[^{}"\s]*\})/) : [match[0]];
            for (const [index, piece] of pieces.entries()) {
                add(piece, index % 2 ? 'n' : kind);
            }
        }
        element.replaceChildren(lines);
        element.normalize();
    };

    document.addEventListener('snippet:paint', event => {
        paint(/** @type {Element} */ (event.target), /** @type {CustomEvent<string>} */ (event).detail);
    });
}
