// From a query to the pages that answer it. A page need not hold every word (soft AND), but the more of the query's
// information it holds, the higher it is; and a run of 汉字 counts only where the text really has it.
import { isHan, onDemand, open, postings, spelled, stretch, textFileOf } from './search-index.js';
import { answers, partsIn, searchable, standsIn } from './search-places.js';
import { termsOf, understand } from './search-query.js';

/** @import { Part, Section } from './search-places.js' */
/** @import { Unit } from './search-query.js' */

/** A posting names one of so many passages. */
const PASSAGES = [...Array(32).keys()];
/** By this power of it counts how much of the query a page has. */
const COVER = 1.5;
/** A page that has less of the query, or less than this share of what another has, is not listed. */
const LEAST = 0.2;
const LEAST_SHARE = 0.4;
/** How much it says that one passage has what is asked for. */
const TOGETHER = 0.2;

/** How much more a page says one of whose headings, or of what it is asked by, is what is asked. */
const ASKED_PAGE = 0.7;
/** Passages of the best page that are looked at for the place that answers. */
const LOOKED_AT = 2;

/** How much more a word in the heading of a passage says than one in its text. */
const IN_HEADING = 1.6;

/** A longer query is cut to so many characters, and so many of its words are looked up. */
export const QUERY_MAX = 80;
const UNITS_MAX = 12;

/**
 * @typedef {{ score: number, share: number, passages: number, headings: number }} Match how a page has a unit; passages are bits
 * @typedef {{ document: number, matches: Map<Unit, Match>, score: number, cover: number }} Candidate
 * @typedef {{ document: number, address: string, title: string, sections: Section[] }} Page
 * @typedef {{ pages: Page[], more: number, notes: [string, string][], meant: string, missing: string[], cut: boolean }} Answer
 *     `more` pages are not listed; `notes` say what was replaced by what; `meant` is a query to offer, if there is one
 * @typedef {{ whole: number, phrase: string, asking: RegExp }} Query the sum of its units' weights, the query without spaces, words of asking
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
            let headings = -1;
            let covered = 0;
            lists.forEach((list, i) => {
                const impact = list?.impacts.get(document);
                if (!list || impact === undefined) return;
                const bits = list.passages.get(document) ?? 0;
                score += Math.min(own, list.idf) * impact;
                passages &= bits;
                some |= bits;
                headings &= list.headings.get(document) ?? 0;
                // Of two neighbouring pairs that are there, the second adds one character.
                covered += i && lists[i - 1]?.impacts.has(document) ? 1 : Math.min(2, terms[i].length);
            });
            const share = isHan(form) ? covered / [...form].length : 1;
            const together = share === 1 && passages !== 0;
            score *= (quality / terms.length) * (together ? 1 : 0.4 * share);
            const known = best.get(document);
            if (!known || score > known.score) {
                const where = passages === 0 || share < 1 ? some : passages;
                best.set(document, { score, share: (together ? 1 : share * 0.8) * quality ** 0.5, passages: where, headings: share < 1 ? 0 : headings });
            }
        }
    }
    return best;
};

/** How much of the query is in a passage of a page; what is in a heading says more. @param {Candidate} candidate @param {number} passage */
const weigh = ({ matches }, passage) => {
    let sum = 0;
    for (const [unit, { share, passages, headings }] of matches) {
        if ((passages >>> passage) & 1) sum += unit.weight * share * (passage && (headings >>> passage) & 1 ? IN_HEADING : 1);
    }
    return sum;
};

/** @param {Candidate} candidate @param {number} whole the sum of the units' weights */
const rate = (candidate, whole) => {
    candidate.score = 0;
    candidate.cover = 0;
    for (const [unit, { score, share }] of candidate.matches) {
        candidate.score += score * unit.weight;
        candidate.cover += (unit.weight * share) / whole;
    }
    const best = Math.max(...PASSAGES.map((passage) => weigh(candidate, passage)));
    candidate.score *= candidate.cover ** COVER * (1 - TOGETHER + (TOGETHER * best) / whole);
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
    const enough = Math.max(LEAST, LEAST_SHARE * top);
    const pages = all.filter(({ cover }) => cover >= enough).sort((a, b) => b.score - a.score || a.document - b.document);
    const lost = missing.reduce((sum, unit) => sum + unit.weight, 0);
    return { pages, whole, enough, missing, cover: (top * whole) / (whole + lost || 1) };
};

/** The text of a page, loaded passage by passage.
 * @typedef {{ address: string, title: string, passages: Map<number, { text: string, parts: Part[] }>,
 *     open: (passage: number) => Promise<void> }} Opened
 * @param {number} document @returns {Opened} */
const reading = (document) => ({
    address: '',
    title: '',
    passages: new Map(),
    async open(passage) {
        const [, address, title, first, texts, keywords] = await stretch(document, textFileOf(document, passage));
        [this.address, this.title] = [address, title];
        texts.forEach((text, i) => {
            const parts = partsIn(text);
            const more = searchable([title, i ? '' : keywords].join('\n'));
            this.passages.set(first + i, { text: [...parts.map(({ sought }) => sought), more].join('\n'), parts });
        });
    },
});

/** How much of a unit stands in the best of the passages in `order`, which are loaded until it is there.
 * @param {Opened} page @param {Unit} unit @param {number[]} order the likeliest first */
const confirm = async (page, unit, order) => {
    let share = 0;
    let tries = 0;
    for (const passage of order) {
        if (!page.passages.has(passage)) {
            if (share > 0.9 || tries++ > 3) break;
            await page.open(passage);
        }
        const { text } = /** @type {{ text: string }} */ (page.passages.get(passage));
        for (const form of unit.forms.keys()) share = Math.max(share, standsIn(form, text).share);
    }
    return share;
};

/** What is shown of a page: its parts that answer best. @param {Opened} page @param {Candidate} candidate @param {Query} question
 * @returns {Section[]} */
const sectionsOf = (page, candidate, question) => {
    const units = [...candidate.matches.keys()];
    const parts = [...page.passages].flatMap(([passage, { parts }]) => (weigh(candidate, passage) ? parts : []));
    const rated = parts.map((part) => ({ ...part, ...answers(part, units, page.title, question) })).filter(({ score }) => score);
    rated.sort((a, b) => b.score - a.score);
    candidate.score *= 1 + ASKED_PAGE * Math.max(0, ...rated.map(({ asked }) => asked));
    const left = new Set(units);
    const shown = [];
    for (const { has, anchor, heading, text, words } of rated) {
        // Three at most, the third only for a word that the others lack.
        if (shown.length > 2 || (shown.length > 1 && !has.some((unit) => left.has(unit)))) continue;
        for (const unit of has) left.delete(unit);
        shown.push({ anchor, heading, text, words });
    }
    return shown;
};

/** Loads what is shown of a page and checks it: what the text doesn't have no longer counts.
 * @param {Candidate} candidate @param {Query} question @param {number} least so many passages are looked at */
const read = async (candidate, question, least) => {
    const { document, matches } = candidate;
    const page = reading(document);
    const order = PASSAGES.filter((passage) => weigh(candidate, passage)).sort((a, b) => weigh(candidate, b) - weigh(candidate, a) || a - b);
    for (const [unit, one] of [...matches]) {
        const share = await confirm(page, unit, order.filter((passage) => (one.passages >>> passage) & 1));
        if (share >= 0.5) one.share = Math.min(one.share, share);
        else matches.delete(unit);
    }
    rate(candidate, question.whole);
    if (!matches.size) return undefined;
    for (const passage of order.slice(0, least)) if (!page.passages.has(passage)) await page.open(passage);
    const squeezed = [...page.passages.values()].map(({ text }) => text.replace(/\s+/g, ''));
    if (squeezed.some((text) => text.includes(question.phrase))) candidate.score *= 1.3;
    return { ...page, sections: sectionsOf(page, candidate, question), candidate };
};

/** The best ranking of `text` and of what it may have meant.
 * @param {string} text @param {Map<string, string>} notes @returns {Promise<Attempt>} */
const best = async (text, notes) => {
    const attempt = async (/** @type {string} */ folded, /** @type {Map<string, string>} */ notes) => {
        const { units: all, torn } = await understand(folded, notes);
        // Of a pasted paragraph, what says most.
        const units = all.length > UNITS_MAX ? all.sort((a, b) => b.weight - a.weight).slice(0, UNITS_MAX) : all;
        return { ...rank(units), torn, folded, units };
    };
    const found = await attempt(spelled(text), notes);
    const doubtful = found.torn.length || found.missing.length || found.cover < 0.85;
    if (!doubtful || !/[^ -~]/.test(found.folded)) return found;
    return (await onDemand('guess')).rescue(text, found, attempt, notes);
};

/** @param {string} text what the reader typed @param {number} limit how many pages to show @returns {Promise<Answer>} */
export const search = async (text, limit) => {
    const notes = new Map();
    const { asking } = await open();
    const asked = [...text.trim()].slice(0, QUERY_MAX).join('');
    const found = await best(asked, notes);
    /** @type {Page[]} */
    const pages = [];
    const phrase = found.units.map((unit) => (unit.joins ? '' : unit.forms.keys().next().value)).join('');
    const question = { whole: found.whole, phrase, asking: new RegExp(asking, 'g') };
    let [at, cover] = [0, 0];
    while (pages.length < limit && at < found.pages.length) {
        const batch = found.pages.slice(at, at + limit - pages.length);
        at += batch.length;
        const all = await Promise.all(batch.map((candidate, i) => read(candidate, question, at > batch.length || i ? 1 : LOOKED_AT)));
        const kept = all.flatMap((page) => (page && page.candidate.cover >= found.enough ? [page] : []));
        kept.sort((a, b) => b.candidate.score - a.candidate.score);
        cover = Math.max(cover, ...kept.map(({ candidate }) => candidate.cover));
        for (const page of kept) {
            const known = pages.find(({ address }) => address === page.address);
            if (known) known.sections.push(...page.sections);
            else pages.push({ document: page.candidate.document, address: page.address, title: page.title, sections: page.sections });
        }
    }
    const missing = found.missing.filter((unit) => unit.weight > 0.05).map((unit) => unit.text);
    // A word of characters that are side by side somewhere, but are no text of the book all together.
    const isDoubtful = !notes.size && (found.torn.length || (cover < 0.9 && found.units.length === 1));
    const meant = isDoubtful ? await (await onDemand('guess')).offered(found) : '';
    return { pages, more: found.pages.length - at, notes: [...notes], meant, missing, cut: asked.length < text.trim().length };
};

/**
 * Other scripts of a page may search, too: by the event `zh-search-query`, whose detail this is.
 * @typedef {{ text: string, limit: number, answer: (found: Answer) => void, fail: (error: unknown) => void }} Question
 */
addEventListener('zh-search-query', (event) => {
    const { text, limit, answer, fail } = /** @type {CustomEvent<Question>} */ (event).detail;
    search(text, limit).then(answer, fail);
});
