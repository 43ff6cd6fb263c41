'use strict';

/** @typedef {{kind: 'same' | 'missing' | 'extra', line: string}} DiffLine `missing` is in the record alone. */

// The lines of an output: how an answer differs from the record, and how they are shuffled.
// biome-ignore lint/correctness/noUnusedVariables: the other scripts of the page use it.
const qabookLines = {
    /** Spaces at the ends of lines don't count, nor blank lines at the end. @type {(text: string) => string[]} */
    of(text) {
        const lines = text.trimEnd().replace(/\r\n?/g, '\n').split('\n').map(line => line.trimEnd());
        return lines.some(Boolean) ? lines : [];
    },

    /**
     * The length of the longest common subsequence of `record` from i and `answer` from j, by i and j.
     * @type {(record: string[], answer: string[]) => Uint32Array[]}
     */
    common(record, answer) {
        const lengths = Array.from({ length: record.length + 1 }, () => new Uint32Array(answer.length + 1));
        for (let i = record.length - 1; i >= 0; i--) {
            for (let j = answer.length - 1; j >= 0; j--) {
                lengths[i][j] = record[i] === answer[j] ? lengths[i + 1][j + 1] + 1
                    : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
        return lengths;
    },

    /** What is extra comes before what is missing in its place. @type {(record: string[], answer: string[]) => DiffLine[]} */
    diff(record, answer) {
        const lengths = this.common(record, answer);
        /** @type {DiffLine[]} */
        const found = [];
        let [i, j] = [0, 0];
        while (i < record.length || j < answer.length) {
            if (i < record.length && record[i] === answer[j]) {
                found.push({ kind: 'same', line: record[i++] });
                j++;
            } else if (j < answer.length && (i === record.length || lengths[i][j + 1] >= lengths[i + 1][j])) {
                found.push({ kind: 'extra', line: answer[j++] });
            } else {
                found.push({ kind: 'missing', line: record[i++] });
            }
        }
        return found;
    },

    /**
     * What `line` begins and ends with as `other` does, and between them what is its own.
     * @type {(line: string, other: string) => [string, string, string]}
     */
    apart(line, other) {
        const [ours, theirs] = [[...line], [...other]];
        const most = Math.min(ours.length, theirs.length);
        let start = 0;
        while (start < most && ours[start] === theirs[start]) {
            start++;
        }
        let end = 0;
        while (end < most - start && ours[ours.length - 1 - end] === theirs[theirs.length - 1 - end]) {
            end++;
        }
        const last = ours.length - end;
        return [ours.slice(0, start).join(''), ours.slice(start, last).join(''), ours.slice(last).join('')];
    },

    /** Numbers below 1, always the same for a seed: mulberry32 after FNV-1a. @type {(seed: string) => () => number} */
    random(seed) {
        let state = [...seed].reduce((hash, char) => Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193), 0x811c9dc5);
        return () => {
            state = (state + 0x6d2b79f5) | 0;
            let mixed = Math.imul(state ^ (state >>> 15), state | 1);
            mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
            return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
        };
    },

    /**
     * The lines in another order, always the same for a seed; in their own only where all are the same.
     * @type {(lines: string[], seed: string) => string[]}
     */
    shuffled(lines, seed) {
        const next = this.random(seed);
        const order = [...lines];
        for (let i = order.length - 1; i > 0; i--) {
            const j = Math.floor(next() * (i + 1));
            [order[i], order[j]] = [order[j], order[i]];
        }
        for (let turns = 0; turns < order.length && order.every((line, i) => line === lines[i]); turns++) {
            order.push(order.shift() ?? '');
        }
        return order;
    },
};
