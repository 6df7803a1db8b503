import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { READINGS_FILES } from '../../src/output/readings/files.js';
import { offloadcage } from './offloadcage.js';

const folder = mkdtempSync(join(tmpdir(), 'offloadcage-verify-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('verify', () => {
  test('runs what the named claims need and no more', async () => {
    const { status, stdout } = await offloadcage(['verify', 'm1', 'M2', '--seeds', '2', '--json']);
    expect(status).toBe(0);
    const { claims, unjudged } = JSON.parse(stdout);
    expect(unjudged).toEqual([]);
    expect(claims.map(({ id }: { id: string }) => id)).toEqual(['M1', 'M2']);
    for (const { verdict, margin, causes } of claims) {
      expect(verdict).toBe('holds');
      expect(margin).toBeGreaterThan(0);
      expect(causes.length).toBeGreaterThan(0);
    }
  });

  test('exits with 3 if, and only if, a claim fails', async () => {
    const outcomes: unknown[] = [];
    for (const id of ['M2', 'M6']) {
      const { status, stdout } = await offloadcage(['verify', id, '--seeds', '2', '--json']);
      outcomes.push([JSON.parse(stdout).claims[0].verdict, status]);
    }
    expect(outcomes).toEqual([
      ['holds', 0],
      ['fails', 3],
    ]);
  });

  test('says why a claim is not judged', async () => {
    const { status, stdout } = await offloadcage(['verify', 'M1', '--duration', '10']);
    expect(status).toBe(0);
    expect(stdout).toContain('Not judged: M1 (needs the time up to 60 s, and 10 s were measured)');
  });

  test('not judged for want of seeds is no failure', async () => {
    const { status, stdout } = await offloadcage([
      'verify',
      'M1',
      '--seeds',
      '1',
      '--format',
      'tap',
    ]);
    expect(status).toBe(0);
    expect(stdout).toContain('# SKIP one seed has no interval');
  });

  test('with --readings asks each reading, and goes by the first', async () => {
    const args = ['M3', 'M2', '--seeds', '2', '--json', '--out', folder];
    const { status, stdout, stderr } = await offloadcage(['verify', '--readings', ...args]);
    expect([status, stderr]).toEqual([0, '']);
    const { sentence, readings, claims, files } = JSON.parse(stdout);
    expect(claims.map(({ id }: { id: string }) => id)).toEqual(['M2', 'M3']);
    const verdicts = Object.fromEntries(
      readings.map(({ id }: { id: string }, r: number) => [
        id,
        claims.map(({ cells }: { cells: { verdict: string | null }[] }) => cells[r]?.verdict),
      ]),
    );
    // Stolen time is in neither line of figure 10, in one of the two, or in both.
    expect(verdicts).toMatchObject({
      source: ['holds', 'holds'],
      words: ['holds', 'holds'],
      tool: ['holds', 'fails'],
      cfs: [null, 'holds'],
    });
    const underReference = /^Of the 2 claims .* under the reference, .*, 2 hold\. None of them is/;
    expect(sentence).toMatch(underReference);
    expect(files.map((file: string) => basename(file))).toEqual(READINGS_FILES);
    expect(readFileSync(join(folder, 'readings.md'), 'utf8')).toContain(sentence);
  });

  test('with --readings, a claim that fails under the first is an error', async () => {
    const args = ['M6', '--seeds', '2', '--duration', '5', '--quiet', '--out', folder, '--force'];
    const { status, stdout } = await offloadcage(['verify', '--readings', ...args]);
    expect(status).toBe(3);
    expect(stdout).toMatch(/^None of these claims is one that the paper measured\.$/m);
  });

  test.each([
    [['verify', 'S9'], 'claim: got "S9"; allowed: S1'],
    [['verify', 'S1', '--format', 'xml'], '--format: got "xml"; allowed: text, junit'],
    [['verify', '--seeds', '0'], 'seeds'],
    [['verify', 'S1', '--duration', '-1'], 'duration'],
  ])('%j is refused', async (args, hint) => {
    const { status, stdout, stderr } = await offloadcage(args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(hint);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
