// Properties of the schedule and of what is written down of it, with generated inputs: run on a page that has both, by
// schedule.rs. Returns what was tried, and the first thing that did not hold.

let state = 20261129;
/** The next number of a seeded generator (mulberry32): the same inputs at every run. */
const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
};
const below = limit => Math.floor(random() * limit);
const pick = list => list[below(list.length)];

const DAY = 86400000;
const START = Date.UTC(2026, 10, 29, 4);
const GRADES = ['again', 'hard', 'good', 'easy'];
const SLUGS = ['arp', 'osi-model', 'constructor', '__proto__', '锁', 'a b'];
const IDS = [...SLUGS.map(slug => `q:${slug}`), 's:arp:0123abcd', 'f:arp:89abcdef', 'o:tcp-echo'];

const empty = () => qabookRecords.store({});
/** The same text for the same value, whatever the order of its names. */
const text = value => JSON.stringify(value, (_, part) =>
    part && typeof part === 'object' && !Array.isArray(part)
        ? Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)) : part);
const same = (a, b) => text(a) === text(b);
const holds = (truth, ...what) => {
    if (!truth) {
        throw new Error(what.map(part => (typeof part === 'string' ? part : text(part))).join(' '));
    }
};

/** A time near the last one: later by seconds, days or years, seldom earlier, as with a clock that was set. */
const after = now => now + pick([0, 1, 5000, 3600000, DAY / 2, DAY, DAY, 3 * DAY, 30 * DAY, 4000 * DAY, -DAY, -400 * DAY]);
/** The same, and seldom the last time of all. */
const anyTime = now => (random() < 0.02 ? qabookRecords.LATEST : Math.min(Math.max(after(now), 0), qabookRecords.LATEST));

const someMarks = now => Object.fromEntries(SLUGS.filter(() => random() < 0.4).map(slug =>
    [slug, { mark: pick(['known', 'again', 'none']), at: anyTime(now) }]));

/** Cards as a history of grades leaves them; many have the same time. */
const someCards = () => {
    let store = empty();
    for (let turn = below(8); turn > 0; turn--) {
        store = qabookSchedule.grade(store, pick(IDS), pick(GRADES), START + below(3) * DAY);
    }
    return store.cards;
};

/** The first moment of the next day. */
const endOfDay = now => {
    const day = new Date(now);
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
};

const checkWhole = (store, now) => {
    const kept = qabookRecords.readCards(JSON.stringify(store));
    holds(kept, 'a card is damaged:', store);
    holds(same(kept, store.cards), 'keeping changes', store);
    const session = qabookSchedule.session(store, IDS, now, Infinity);
    const due = qabookSchedule.due(store, IDS, now);
    const tonight = endOfDay(now);
    const later = IDS.filter(id => store.cards[id]?.due >= tonight);
    holds(same([...session, ...later].sort(), [...IDS].sort()), 'a card is in no list, or in two:', session, later);
    holds(due.every((id, index) => index === 0 || store.cards[due[index - 1]].due <= store.cards[id].due), 'unsorted', due);
    holds(same(session.slice(0, due.length), due), 'due cards come first', session);
    holds(session.slice(due.length).every(id => !Object.hasOwn(store.cards, id)), 'then new ones', session);
};
/** Grades, marks, merges and files in any order: all cards that were there are there afterwards. */
const neverLosesACard = () => {
    let [store, now] = [empty(), START];
    for (let step = 1 + below(12); step > 0; step--) {
        const before = store;
        const ids = Object.keys(before.cards);
        now = anyTime(now);
        const action = below(4);
        if (action === 0) {
            store = qabookSchedule.replay(store, someMarks(now));
            holds(store.cards !== undefined && qabookSchedule.replay(store, {}) === store, 'no marks, no change');
        } else if (action === 1) {
            store = qabookRecords.store(qabookRecords.merge(store.cards, someCards()));
        } else {
            const id = pick(IDS);
            store = qabookSchedule.grade(store, id, pick(GRADES), now);
            holds(Object.hasOwn(store.cards, id), 'no card', id);
            const [was, is] = [before.cards[id], store.cards[id]];
            holds(is.reps === (was?.reps ?? 0) + 1 && (is.at > (was?.at ?? -1) || is.at === qabookRecords.LATEST) && is.due >= is.at, 'graded', was ?? 'new', is);
        }
        holds(ids.every(id => Object.hasOwn(store.cards, id)), 'lost one of', ids);
        holds(ids.every(id => store.cards[id].at >= before.cards[id].at), 'went back', before, store);
        checkWhole(store, now);
    }
    const marks = someMarks(now);
    const once = qabookSchedule.replay(store, marks);
    holds(qabookSchedule.replay(once, marks) === once, 'marks count twice', marks, once);
};

const importUndoesExport = () => {
    const records = { marks: someMarks(START), cards: someCards() };
    const file = qabookRecords.write(records);
    holds(same(qabookRecords.read(file), records), 'file', file);
    holds(qabookRecords.write(qabookRecords.read(file)) === file, 'written again', file);
    const old = qabookRecords.writeMarks(records.marks);
    holds(same(qabookRecords.read(old), { marks: records.marks, cards: {} }), 'version 1', old);
};

const mergingIsFair = () => {
    const { merge } = qabookRecords;
    for (const [a, b, c] of [[someCards(), someCards(), someCards()], [0, 1, 2].map(() => someMarks(START))]) {
        holds(same(merge(a, b), merge(b, a)), 'commutes', a, b);
        holds(same(merge(a, a), a), 'idempotent', a);
        holds(same(merge(merge(a, b), b), merge(a, b)), 'twice', a, b);
        holds(same(merge(merge(a, b), c), merge(a, merge(b, c))), 'associative', a, b, c);
        const names = new Set([...Object.keys(a), ...Object.keys(b)]);
        holds(same(Object.keys(merge(a, b)).sort(), [...names].sort()), 'all of both', a, b);
    }
};

/** FSRS itself, with all that it keeps of a card, says the same days. */
const whatIsKeptIsEnough = () => {
    const scheduler = FSRS.fsrs({ request_retention: 0.9, enable_fuzz: false, enable_short_term: false });
    let [store, card, now] = [empty(), undefined, START];
    for (let turn = 1 + below(10); turn > 0; turn--) {
        const rating = 1 + below(4);
        card = scheduler.next(card ?? FSRS.createEmptyCard(new Date(now)), new Date(now), rating).card;
        store = qabookSchedule.grade(store, 'q:arp', GRADES[rating - 1], now);
        const ours = store.cards['q:arp'];
        holds(ours.due === Number(card.due) && ours.stability === card.stability && ours.difficulty === card.difficulty
            && ours.reps === card.reps && ours.lapses === card.lapses && ours.state === card.state, 'differs', ours, card);
        now += 1 + below(40 * DAY);
    }
};

/** A file with anything changed is refused with a reason, or all of it is good. */
const damageIsSeen = () => {
    const file = qabookRecords.write({ marks: someMarks(START), cards: someCards() });
    const at = below(file.length);
    const changed = file.slice(0, at) + pick(['', 'x', '0', '-', '"', '}', 'null', '1e999', '\u0000']) + file.slice(at + below(3));
    const read = qabookRecords.read(changed);
    if ('problem' in read) {
        holds(['json', 'foreign', 'newer', 'damaged'].includes(read.problem), 'problem', read);
    } else {
        holds('marks' in qabookRecords.read(qabookRecords.write(read)), 'accepted, then refused', changed);
        checkWhole(qabookRecords.store(read.cards), START);
    }
    return read.problem ?? 'good';
};

const PROPERTIES = { neverLosesACard, importUndoesExport, mergingIsFair, whatIsKeptIsEnough, damageIsSeen };
const tried = {};
for (const [name, property] of Object.entries(PROPERTIES)) {
    for (let round = 0; round < ROUNDS; round++) {
        try {
            const kind = property() ?? '';
            tried[`${name} ${kind}`.trim()] = (tried[`${name} ${kind}`.trim()] ?? 0) + 1;
        } catch (error) {
            return { tried, broken: `${name}, round ${round}: ${error.message.slice(0, 2000)}` };
        }
    }
}
return { tried, broken: null };
