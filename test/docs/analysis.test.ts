/** docs/analysis.md: its examples print its table, each in its own program where that is there. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, type TestContext, test } from 'vitest';
import { root } from '../commands/offloadcage.js';
import { readCsv } from '../output/csv-reader.js';
import { fencesOf, readDocument } from './markdown.js';

const path = 'docs/analysis.md';
const text = readDocument(path);
const blocks = (language: string) =>
  fencesOf(text)
    .filter((fence) => fence.language === language)
    .map(({ lines }) => lines.join('\n'));

/** The table, from the samples that are shipped. */
function table(): string[] {
  const rows = ['offloadcage', 'offload', 'no-offload'].map((variant) => {
    const [head = [], ...samples] = read(`results/snort/${variant}.csv`);
    const [seedAt, valueAt] = ['seed', 'total_cpu_pct'].map((name) => head.indexOf(name));
    const means = [...new Set(samples.map((cells) => cells[seedAt!]))].map((seed) =>
      mean(samples.filter((cells) => cells[seedAt!] === seed).map((cells) => +cells[valueAt!]!)),
    );
    const middle = mean(means);
    const sd = Math.sqrt(
      means.reduce((sum, one) => sum + (one - middle) ** 2, 0) / (means.length - 1),
    );
    return [variant, means.length, middle.toFixed(2), sd.toFixed(2)].join(',');
  });
  return ['variant,seeds,mean_pct,sd_pct', ...rows];
}

const read = (file: string) => readCsv(readFileSync(join(root, file), 'utf8'));
const mean = (values: readonly number[]) =>
  values.reduce((sum, one) => sum + one, 0) / values.length;

/** What a program prints, from the root; leaves the test out if none of the commands works. */
function printed(
  { skip }: TestContext,
  needed: string,
  commands: readonly string[],
  asking: readonly string[],
  running: readonly string[],
): string {
  const run = (command: string, args: readonly string[]) =>
    spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  const command = commands.find((one) => run(one, asking).status === 0);
  if (command === undefined) return skip(`${needed} is not installed`);
  const { stdout, stderr, status } = run(command, running);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.replaceAll('\r\n', '\n');
}

const PYTHON = ['python3', '/usr/bin/python3'];
const shown = `${table().join('\n')}\n`;

test('its table is that of the shipped results', async () => {
  const lines = text.split('\n');
  const [fence] = fencesOf(text).filter(({ language }) => language === 'csv');
  lines.splice(fence!.from, fence!.lines.length, ...table());
  await expect(lines.join('\n')).toMatchFileSnapshot(join(root, path));
});

test('summary.csv has the same numbers', () => {
  const rows = read('results/snort/summary.csv').filter(([, metric]) => metric === 'total_cpu_pct');
  expect(rows).toHaveLength(3);
  rows.forEach(([variant, , , middle, sd, , , n], at) => {
    const [own, seeds, ...numbers] = table()[at + 1]!.split(',');
    expect([variant, n]).toEqual([own, seeds]);
    [middle, sd].forEach((number, i) => {
      expect(Number(number)).toBeCloseTo(Number(numbers[i]), 1.5);
    });
  });
});

describe('the examples print it', () => {
  test('in Python with pandas', (context) => {
    const [first = '', second = ''] = blocks('python');
    const asking = ['-c', 'import pandas'];
    const run = (code: string) => printed(context, 'pandas', PYTHON, asking, ['-c', code]);
    expect(run(first)).toBe(shown);
    const [, description] =
      /"name": "total_cpu_pct",[^}]*?"description": "([^"]*)"/.exec(
        readFileSync(join(root, 'results/snort/datapackage.json'), 'utf8'),
      ) ?? [];
    expect(run(second)).toBe(`${description}\n`);
  });

  test('in SQL with DuckDB', async () => {
    const [query = ''] = blocks('sql');
    const connection = await (await DuckDBInstance.create()).connect();
    const absolute = query.replaceAll("'results/", `'${root}/results/`);
    const reader = await connection.runAndReadAll(absolute);
    const rows = [reader.columnNames(), ...reader.getRows()].map((row) => row.join(','));
    expect(rows).toEqual(table());
    connection.closeSync();
  });

  test('in R', (context) => {
    const [code = ''] = blocks('r');
    expect(printed(context, 'R', ['Rscript'], ['--version'], ['-e', code])).toBe(shown);
  });
});
