// From a query to the pages that answer it. A page need not hold every word (soft AND), but the more of the query's
// information it holds, the higher it is; and a run of 汉字 counts only where the text really has it.
import { fold, hits, isHan, onDemand, open, postings, stretch, textFileOf, tokens } from './search-index.js';
import { termsOf, understand } from './search-query.js';

/** @import { Unit } from './search-query.js' */

/** A longer query is cut to so many characters. */
export const QUERY_MAX = 80;

/**
 * @typedef {{ score: number, share: number, passages: number }} Match how a page has a unit; passages are bits
 * @typedef {{ document: number, matches: Map<Unit, Match>, score: number, cover: number }} Candidate
 * @typedef {{ anchor: string, heading: string, text: string, words: string[] }} Section
 * @typedef {{ address: string, title: string, sections: Section[] }} Page
 * @typedef {{ pages: Page[], more: number, notes: [string, string][], missing: string[], cut: boolean }} Answer
 *     `more` pages are not listed; `notes` say what was replaced by what
 * @typedef {ReturnType<typeof rank> & { torn: string[], folded: string, units: Unit[] }} Attempt a query's units and pages
 */

/** How each page has a unit in its best form. @param {Unit} unit @returns {Map<number, Match>} */
const match = (unit) => {
    /** @type {Map<number, Match>} */
    const best = new Map();
    for (const [form, quality] of unit.forms) {
        const terms = termsOf(form);
        const lists = terms.map(postings);
        // A rare synonym is no better than the word itself.
        const own = form === unit.text ? Infinity : unit.idf;
        for (const document of new Set(lists.flatMap((list) => (list ? [...list.impacts.keys()] : [])))) {
            let score = 0;
            let passages = -1;
            let some = 0;
            let covered = 0;
            lists.forEach((list, i) => {
                const impact = list?.impacts.get(document);
                if (!list || impact === undefined) return;
                const bits = list.passages.get(document) ?? 0;
                score += Math.min(own, list.idf) * impact;
                passages &= bits;
                some |= bits;
                // Of two neighbouring pairs that are there, the second adds one character.
                covered += i && lists[i - 1]?.impacts.has(document) ? 1 : Math.min(2, terms[i].length);
            });
            const share = isHan(form) ? covered / [...form].length : 1;
            const together = share === 1 && passages !== 0;
            score *= (quality / terms.length) * (together ? 1 : 0.4 * share);
            const known = best.get(document);
            if (!known || score > known.score) {
                best.set(document, { score, share: (together ? 1 : share * 0.8) * quality ** 0.5, passages: passages === 0 || share < 1 ? some : passages });
            }
        }
    }
    return best;
};

/** @param {Candidate} candidate @param {number} whole the sum of the units' weights */
const rate = (candidate, whole) => {
    candidate.score = 0;
    candidate.cover = 0;
    for (const [unit, { score, share }] of candidate.matches) {
        candidate.score += score * unit.weight;
        candidate.cover += (unit.weight * share) / whole;
    }
    candidate.score *= candidate.cover ** 2;
};

/** Pages for units, best first. @param {Unit[]} units */
const rank = (units) => {
    /** @type {Map<number, Candidate>} */
    const found = new Map();
    let whole = 0;
    const missing = [];
    for (const unit of units) {
        const matches = match(unit);
        if (matches.size) whole += unit.weight;
        else missing.push(unit);
        for (const [document, one] of matches) {
            const candidate = found.get(document) ?? { document, matches: new Map(), score: 0, cover: 0 };
            found.set(document, candidate);
            candidate.matches.set(unit, one);
        }
    }
    const all = [...found.values()];
    for (const candidate of all) rate(candidate, whole);
    const top = Math.max(0, ...all.map(({ cover }) => cover));
    const enough = Math.max(0.3, 0.55 * top);
    const pages = all.filter(({ cover }) => cover >= enough).sort((a, b) => b.score - a.score || a.document - b.document);
    const lost = missing.reduce((sum, unit) => sum + unit.weight, 0);
    return { pages, whole, enough, missing, cover: (top * whole) / (whole + lost || 1) };
};

/** The stretches of `word` that `text` has, the longest first found. @param {string} word @param {string} text */
const stretches = (word, text) => {
    const characters = [...word];
    const found = [];
    for (let start = 0; start < characters.length; start++) {
        let end = start;
        while (end < characters.length && text.includes(characters.slice(start, end + 1).join(''))) end++;
        if (end - start > 1 || (end > start && characters.length === 1)) {
            found.push(characters.slice(start, end).join(''));
            start = end - 1;
        }
    }
    return found;
};

/** The text of a page, loaded passage by passage.
 * @typedef {{ address: string, title: string, passages: Map<number, { text: string, section: Section }>,
 *     open: (passage: number) => Promise<void> }} Opened
 * @param {number} document @returns {Opened} */
const reading = (document) => ({
    address: '',
    title: '',
    passages: new Map(),
    async open(passage) {
        const [, address, title, first, texts, keywords] = await stretch(document, textFileOf(document, passage));
        [this.address, this.title] = [address, title];
        texts.forEach(([anchor, heading, text], i) => {
            const all = [heading, text, title, i ? '' : keywords].join('\n');
            this.passages.set(first + i, { text: fold(all).text, section: { anchor, heading, text, words: [] } });
        });
    },
});

/** Which words of a unit stand in which passages of `page`, and how much of the unit they are in the best of them.
 * @param {Opened} page @param {Unit} unit @param {number[]} order its passages, the likeliest first */
const confirm = async (page, unit, order) => {
    /** @type {Map<number, string[]>} */
    const where = new Map();
    let share = 0;
    let tries = 0;
    for (const passage of order) {
        if (!page.passages.has(passage)) {
            if (share > 0.9 || tries++ > 3) break;
            await page.open(passage);
        }
        const { text } = /** @type {{ text: string }} */ (page.passages.get(passage));
        for (const form of unit.forms.keys()) {
            const words = isHan(form) ? stretches(form, text) : hits(text, form).length ? [form] : [];
            // Words are in the index as a whole, so it is right about them.
            const part = isHan(form) ? words.join('').length / form.length - 0.1 * (words.length - 1) : 1;
            if (part > 0) where.set(passage, [...(where.get(passage) ?? []), ...words]);
            share = Math.max(share, part);
        }
    }
    return { where, share };
};

/** Loads what is shown of a page and checks it: what the text doesn't have no longer counts.
 * @param {Candidate} candidate @param {number} whole @param {string} phrase the query without spaces */
const read = async (candidate, whole, phrase) => {
    const { document, matches } = candidate;
    const page = reading(document);
    const weigh = (/** @type {number} */ passage) => {
        let sum = 0;
        for (const [unit, one] of matches) if ((one.passages >>> passage) & 1) sum += unit.weight * one.share;
        return sum;
    };
    const order = [...Array(32).keys()].filter(weigh).sort((a, b) => weigh(b) - weigh(a) || a - b);
    /** @type {Map<Unit, Map<number, string[]>>} */
    const seen = new Map();
    for (const [unit, one] of [...matches]) {
        const { where, share } = await confirm(page, unit, order.filter((passage) => (one.passages >>> passage) & 1));
        if (share >= 0.5) {
            one.share = Math.min(one.share, share);
            seen.set(unit, where);
        } else matches.delete(unit);
    }
    rate(candidate, whole);
    if (!matches.size) return undefined;
    const squeezed = [...page.passages.values()].map(({ text }) => text.replace(/\s+/g, ''));
    if (squeezed.some((text) => text.includes(phrase))) candidate.score *= 1.3;
    /** @type {Section[]} */
    const sections = [];
    const left = new Set(seen.keys());
    for (const passage of order) {
        const section = page.passages.get(passage)?.section;
        const here = [...seen].filter(([, where]) => where.has(passage));
        // Three at most, the third only for a word that the others lack.
        if (!section || !here.length || sections.length > 2 || (sections.length > 1 && !here.some(([unit]) => left.has(unit)))) continue;
        section.words = [...new Set(here.flatMap(([, where]) => where.get(passage) ?? []))];
        for (const [unit] of here) left.delete(unit);
        sections.push(section);
    }
    return { ...page, sections, candidate };
};

/** The best ranking of `text` and of what it may have meant.
 * @param {string} text @param {Map<string, string>} notes @returns {Promise<Attempt>} */
const best = async (text, notes) => {
    const attempt = async (/** @type {string} */ folded) => {
        const { units, torn } = await understand(folded, notes);
        return { ...rank(units), torn, folded, units };
    };
    const found = await attempt(fold(text).text);
    const doubtful = found.torn.length || found.missing.length || found.cover < 0.85;
    if (!doubtful || !tokens(found.folded).some(isHan)) return found;
    return (await onDemand('guess')).rescue(text, found, attempt, notes);
};

/** @param {string} text what the reader typed @param {number} limit how many pages to show @returns {Promise<Answer>} */
export const search = async (text, limit) => {
    const notes = new Map();
    await open();
    const asked = [...text.trim()].slice(0, QUERY_MAX).join('');
    const found = await best(asked, notes);
    /** @type {Page[]} */
    const pages = [];
    const phrase = found.units.map((unit) => unit.forms.keys().next().value).join('');
    let at = 0;
    while (pages.length < limit && at < found.pages.length) {
        const batch = found.pages.slice(at, at + limit - pages.length);
        at += batch.length;
        const all = await Promise.all(batch.map((candidate) => read(candidate, found.whole, phrase)));
        const kept = all.flatMap((page) => (page && page.candidate.cover >= found.enough ? [page] : []));
        kept.sort((a, b) => b.candidate.score - a.candidate.score);
        for (const page of kept) {
            const known = pages.find(({ address }) => address === page.address);
            if (known) known.sections.push(...page.sections);
            else pages.push({ address: page.address, title: page.title, sections: page.sections });
        }
    }
    const missing = found.missing.filter((unit) => unit.weight > 0.5).map((unit) => unit.text);
    return { pages, more: found.pages.length - at, notes: [...notes], missing, cut: asked.length < text.trim().length };
};

/**
 * Other scripts of a page may search, too: by the event `zh-search-query`, whose detail this is.
 * @typedef {{ text: string, limit: number, answer: (found: Answer) => void, fail: (error: unknown) => void }} Question
 */
addEventListener('zh-search-query', (event) => {
    const { text, limit, answer, fail } = /** @type {CustomEvent<Question>} */ (event).detail;
    search(text, limit).then(answer, fail);
});
