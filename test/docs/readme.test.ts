/** The README is short, names every command, and has the numbers of the results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '@oclif/core';
import { describe, expect, test } from 'vitest';
import { root } from '../commands/offloadcage.js';
import { readCsv } from '../output/csv-reader.js';
import { expectHeld } from './held.js';
import { readDocument } from './markdown.js';
import { judgedClaims, mean, share } from './results.js';
import { says, type Table } from './statements.js';

const readme = readDocument('README.md');
/** About the paper's experiments; what it argues besides is counted apart. */
const claims = judgedClaims().filter(({ figure }) => /^\d|^text$/.test(figure));
const whole = (value: number) => value.toFixed(0);

/** What the README says of each basis. */
const BASES: Readonly<Record<string, string>> = {
  predicted: 'nothing was set with the claim in view, so it tests the model',
  fitted: 'a cost, or something that the paper leaves open, was set with it in view',
  'by construction': 'it cannot fail in this model',
};

const predicted = claims.filter(({ basis }) => basis === 'predicted').length;

const ids = (basis: string, verdict: string) =>
  claims.filter((claim) => claim.basis === basis && claim.verdict === verdict).map(({ id }) => id);

const bases: Table = {
  head: '| Basis of a claim | What that means | Hold | Fail |',
  rows: Object.entries(BASES).flatMap(([basis, meaning]) => {
    const [hold, fail] = [ids(basis, 'holds').join(' '), ids(basis, 'fails').join(' ')];
    return hold + fail === '' ? [] : [`| ${basis} | ${meaning} | ${hold} | ${fail || 'none'} |`];
  }),
};

const kernelWork =
  share('snort', 'offloadcage', 'Interrupts and softirqs for the VM') +
  share('snort', 'offloadcage', 'Borrowed by kernel threads');

/** The sentence with which the matrix of readings opens. */
const readings = readFileSync(join(root, 'results/readings/readings.md'), 'utf8');
const [, measured = '', everywhere = '', somewhere = '', nowhere = ''] =
  /Of the (\d+) claims .*? (\d+) holds? under every reading, (\d+) under some and (\d+) under/.exec(
    readings,
  ) ?? [];

/** At how many percent of the points with all costs varied a claim is borne out. */
const borneOut = new Map(
  readCsv(readFileSync(join(root, 'results/sensitivity/effects.csv'), 'utf8'))
    .slice(1)
    .map((row) => [row[0] ?? '', Number(row.at(-1))]),
);
const always = [...borneOut.values()].filter((pct) => pct === 100).length;
const borne = (id: string) => whole(borneOut.get(id) ?? Number.NaN);

const statements = [
  says`With all varied at once, ${always} claims hold at each of 200 points. S6 fails at one. S1, S3
    and S5, to which costs were fitted, hold at ${borne('S1')}, ${borne('S3')} and ${borne('S5')}%
    of them, T1 and M6 at ${borne('T1')}%.`,
  says`Of the paper's ${claims.length} claims, the model predicts ${predicted}:
    ${ids('predicted', 'holds').length} of them hold, and
    ${ids('predicted', 'fails').length} fail.`,
  says`The other ${claims.length - predicted} are no evidence`,
  says`Offloaded without a cage, they take
    ${whole(mean('snort', 'offload', 'total_cpu_pct'))}%.`,
  says`it gets only ${whole(mean('snort', 'offloadcage', 'vm_cpu_pct'))} of the 50.`,
  says`and ${whole(kernelWork)}% of what it is charged for is work`,
  says`Of the ${measured} claims that the paper measured, ${everywhere} hold under every reading,
    ${somewhere} under some and ${nowhere} under none`,
  says`the IDS that works for it takes another
    ${whole(mean('snort', 'offload', 'ids_cpu_pct'))}%`,
];

describe('the README', () => {
  test('can be read in three minutes', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(160);
  });

  test('names every command', async () => {
    const { commandIDs } = await Config.load(root);
    const named = [...readme.matchAll(/(?:`|npx )offloadcage (\w+)/g)].map(([, name]) => name);
    // Of a topic, one is enough.
    const commands = new Set(commandIDs.map((id) => id.split(':')[0]));
    expect([...new Set(named)].sort()).toEqual([...commands].sort());
  });

  test('knows every basis', () => {
    expect(Object.keys(BASES)).toEqual(expect.arrayContaining(claims.map(({ basis }) => basis)));
  });

  test('says what commands print and what the results are', () =>
    expectHeld('README.md', { tables: [bases], statements }));
});
