// The index that mdbook-zh-search wrote: folding, tokens, postings, texts. Its files are scripts, because a page from
// file:// may load nothing else; each hands over its data by the event `zh-search-data`. Nothing is loaded before a query.
const HAN = '\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}';
const LETTER = `(?:(?![${HAN}])[\\p{Alphabetic}\\p{N}])`;
// The same rules as in src/tokens.rs.
const TOKEN = new RegExp(`[${HAN}]+|${LETTER}+(?:[-.+#/_'’]${LETTER}+)*`, 'gu');
const HAN_FIRST = new RegExp(`^[${HAN}]`, 'u');
export const WORD_MAX = 40;

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
export const root = script.src.replace(/[^/]*$/, '');
const folder = root + script.dataset.index;

/**
 * @typedef {{ documents: number, terms: string, texts: string, traditional: string,
 *     synonyms: { same: string[][], near: string[][], means: Record<string, string[]> }, asked: string[],
 *     words: string, readings: string, asking: string, common: string, asking_latin: string, endings: string,
 *     particles: string }} Meta
 * @typedef {{ idf: number, impacts: Map<number, number>, passages: Map<number, number>, headings: Map<number, number> }} Postings
 *     by document; passages are bits, `headings` those that have the term in a heading
 * @typedef {[line: number, anchor: string, begins: number | string]} Start from a line on a passage is in the place that begins with
 *     so many characters of it or with a text that stands elsewhere, with 0 in the section itself
 * @typedef {[anchor: string, heading: string, text: string, asked?: string, starts?: Start[]]} Text a passage; what its section is
 *     asked by
 * @typedef {[document: number, address: string, title: string, first: number, passages: Text[], keywords?: string]} Stretch
 */

/** @type {Map<string, Promise<unknown>>} */
const files = new Map();

/** The data of a file of the index. @param {string} name @returns {Promise<unknown>} */
export const load = (name) => {
    const known = files.get(name);
    if (known) return known;
    const file = new Promise((resolve, reject) => {
        const script = document.createElement('script');
        const take = (/** @type {Event} */ event) => {
            const [from, data] = /** @type {CustomEvent<[string, unknown]>} */ (event).detail;
            if (from === name) resolve(data);
        };
        addEventListener('zh-search-data', take);
        script.onload = script.onerror = () => {
            removeEventListener('zh-search-data', take);
            script.remove();
            // After `take` this changes nothing.
            reject(new Error(name));
        };
        script.src = `${folder}/${name}.js`;
        document.head.append(script);
    });
    files.set(name, file);
    file.catch(() => files.delete(name));
    return file;
};

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Reads what src/encode.rs writes. @param {string} text */
const reader = (text) => {
    let at = 0;
    const digit = () => DIGITS.indexOf(text[at++]);
    const number = () => {
        let value = 0;
        for (let shift = 0, more = 32; more; shift += 5) {
            const next = digit();
            more = next & 32;
            value |= (next & 31) << shift;
        }
        return value;
    };
    const bits = () => {
        let value = 0;
        for (let place = 0, next = 32; next & 32;) {
            next = digit();
            place += next & 31;
            value |= 1 << place;
        }
        return value;
    };
    return { digit, number, bits, more: () => at < text.length };
};

/** @type {Map<string, string>} */
const simplified = new Map();
/** @param {string} pairs */
export const simplify = (pairs) => {
    for (const [from, to] of pairs.match(/../gu) ?? []) simplified.set(from, to);
};

const HAN_ONE = new RegExp(`[${HAN}]`, 'gu');
/** One spelling for what readers take for the same. @param {string} text @returns {string} */
export const spelled = (text) =>
    // One by one: a Σ at the end of a word would else be another letter than in the index.
    text.normalize('NFKC').replace(HAN_ONE, (one) => simplified.get(one) ?? one).replace(/\p{Lu}/gu, (one) => one.toLowerCase());

/** The same with where each of its characters comes from. @param {string} text @returns {{ text: string, places: number[] }} */
export const fold = (text) => {
    let folded = '';
    const places = [];
    let place = 0;
    for (const character of text) {
        for (const one of character.normalize('NFKC')) {
            const spelling = (simplified.get(one) ?? one).toLowerCase();
            for (let i = 0; i < spelling.length; i++) places.push(place);
            folded += spelling;
        }
        place += character.length;
    }
    places.push(place);
    return { text: folded, places };
};

/** @type {Meta} */
let meta;
/** @type {string[]} */
let directory = [];
/** First document and passage of each text file. @type {[number, number][]} */
const textFiles = [];
/** Loads what every query needs. */
export const open = async () => {
    if (meta) return meta;
    const loaded = /** @type {Meta} */ (await load('meta'));
    if (meta) return meta;
    directory = loaded.terms.split(' ');
    simplify(loaded.traditional);
    const { number, digit, more } = reader(loaded.texts);
    for (let document = 0; more();) {
        document += number();
        textFiles.push([document, digit()]);
    }
    meta = loaded;
    return meta;
};

/** The file whose stretch of the sorted terms holds a term. @param {string} term */
const fileOf = (term) => {
    let [low, high] = [0, directory.length];
    while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (directory[middle] <= term) low = middle;
        else high = middle;
    }
    return low;
};

/** What the loaded files say of terms, as text until it is needed. @type {Map<string, string | Postings>} */
const terms = new Map();

/** @param {number} file */
const loadTerms = async (file) => {
    const words = /** @type {string} */ (await load(`t/${file}`)).split(' ');
    if (terms.has(words[0])) return;
    for (let i = 0; i < words.length; i += 2) terms.set(words[i], words[i + 1]);
};
/** Loads what `postings` needs. @param {Iterable<string>} wanted */
export const need = (wanted) => Promise.all([...new Set([...wanted].map(fileOf))].map(loadTerms));

/** @param {string} term @returns {Postings | undefined} */
export const postings = (term) => {
    const text = terms.get(term);
    if (typeof text !== 'string') return text;
    const [anywhere, inHeadings] = text.split('.').map(reader);
    const count = anywhere.number();
    const impacts = new Map();
    const passages = new Map();
    for (let document = 0; anywhere.more();) {
        document += anywhere.number();
        impacts.set(document, anywhere.digit() / 63);
        passages.set(document, anywhere.bits());
    }
    const headings = new Map();
    for (let document = 0; inHeadings?.more();) {
        document += inHeadings.number();
        headings.set(document, inHeadings.bits());
    }
    const found = { idf: Math.log(1 + (meta.documents - count + 0.5) / (count + 0.5)), impacts, passages, headings };
    terms.set(term, found);
    return found;
};

/** Terms that begin with `word`, itself not among them. @param {string} word */
export const withPrefix = async (word) => {
    const first = fileOf(word);
    // A beginning that many files share says too little to load them all.
    const end = Math.min(fileOf(`${word}\uffff`), first + 2);
    for (let file = first; file <= end; file++) await loadTerms(file);
    return [...terms.keys()].filter((term) => term.startsWith(word) && term !== word);
};

/** The text file with a passage. @param {number} document @param {number} passage */
export const textFileOf = (document, passage) =>
    textFiles.filter(([first, start]) => first < document || (first === document && start <= passage)).length - 1;

/** The stretch of a document in a text file. @param {number} document @param {number} file */
export const stretch = async (document, file) => {
    const stretches = /** @type {Stretch[]} */ (await load(`d/${file}`));
    return /** @type {Stretch} */ (stretches.find((one) => one[0] === document));
};

export const isHan = (/** @type {string} */ text) => HAN_FIRST.test(text);
/** A character as a regular expression reads it: c++ has signs that mean something there. @param {string} one */
const literally = (one) => one.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');

/** Where folded text has a word; timewait is in TIME-WAIT, and ip is in multiplexing only if it is nowhere else.
 * @param {string} text @param {string} word @returns {[number, number][]} */
export const hits = (text, word) => {
    const spelling = [...word].map(literally).join(isHan(word) ? '' : "[-.+#/_'’]?");
    const all = (/** @type {string} */ pattern) =>
        [...text.matchAll(new RegExp(pattern, 'gu'))].map(({ index: at = 0, 0: found }) => /** @type {[number, number]} */ ([at, at + found.length]));
    const whole = isHan(word) ? [] : all(`(?<![a-z0-9])${spelling}(?![a-z0-9])`);
    return whole.length ? whole : all(spelling);
};

/** The words of a text: runs of 汉字, and Latin words with what joins them. @param {string} text @returns {string[]} */
export const tokens = (text) => text.match(TOKEN) ?? [];

/** What the parts loaded on demand import from here: each is a script that is a function of this object (src/script.rs). */
const shared = { fold, hits, isHan, load, need, open, postings, root, simplify, stretch, textFileOf, withPrefix };

/**
 * @typedef {typeof import('./search-pinyin.js') & typeof import('./search-typo.js') & typeof import('./search-mend.js')} Guess
 * @typedef {{ aside: typeof import('./search-aside.js'), guess: Guess, marks: typeof import('./search-marks.js') }} Parts
 */
/** @type {Map<string, unknown>} */
const parts = new Map();

/** A part of the client that few pages need. @template {keyof Parts} Name @param {Name} name @returns {Promise<Parts[Name]>} */
export const onDemand = async (name) => {
    const make = /** @type {(from: typeof shared) => Parts[Name]} */ (await load(name));
    if (!parts.has(name)) parts.set(name, make(shared));
    return /** @type {Parts[Name]} */ (parts.get(name));
};
