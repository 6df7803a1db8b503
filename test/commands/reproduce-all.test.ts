/** `reproduce all`, with fewer and shorter runs than by default. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ALL_CLAIMS } from '../../src/claims/catalog.js';
import { paperExperiments } from '../../src/files/experiment-catalog.js';
import { offloadcage } from './offloadcage.js';

const SHORT = ['--seeds', '2', '--seed', '5', '--duration', '2s'];
const ids = paperExperiments().map(({ id }) => id);

/** What is left of JSON without the paths of files, which differ by folder. */
const withoutFiles = ({ files, ...rest }: { files: readonly string[] }) => ({
  ...rest,
  files: files.length,
});

const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

describe('all experiments', () => {
  let folder: string;
  let parent: string;
  let json: ReturnType<typeof JSON.parse>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'offloadcage-all-'));
    parent = join(folder, 'all');
    const { status, stdout, stderr } = await offloadcage([
      'reproduce',
      'all',
      ...SHORT,
      '--json',
      '--out',
      parent,
    ]);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    json = JSON.parse(stdout);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('come in the order of the paper, each in a folder of its own', () => {
    expect(Object.keys(json.experiments)).toEqual(ids);
    expect(readdirSync(parent).sort()).toEqual([...ids, 'claims.csv', 'claims.md'].sort());
    expect(json.files).toEqual(['claims.csv', 'claims.md'].map((name) => join(parent, name)));
  });

  test.each(ids)('%s is what `reproduce` gives alone', async (id) => {
    const alone = join(folder, id);
    const { stdout } = await offloadcage(['reproduce', id, ...SHORT, '--json', '--out', alone]);
    expect(withoutFiles(json.experiments[id])).toEqual(withoutFiles(JSON.parse(stdout)));
    expect(contents(join(parent, id))).toEqual(contents(alone));
  });

  test('every claim is judged, or named with what is missing', () => {
    const judged = json.claims.map(({ id }: { id: string }) => id);
    const unjudged = json.unjudged.map(({ id }: { id: string }) => id);
    expect([...judged, ...unjudged].sort()).toEqual(ALL_CLAIMS.map(({ id }) => id).sort());
    // In two seconds the second loop has not started.
    expect(unjudged).toContain('M2');
    for (const { reason } of json.unjudged) expect(reason).toMatch(/^needs the time up to \d+ s/);
    for (const { paper, ci95, verdict, basis } of json.claims) {
      expect(paper).not.toBe('');
      expect(ci95).toHaveLength(2);
      expect(['holds', 'fails', 'undecided']).toContain(verdict);
      expect(['fitted', 'predicted', 'by construction', 'observed']).toContain(basis);
    }
  });

  test('claims.csv has all that were judged', () => {
    const rows = readFileSync(join(parent, 'claims.csv'), 'utf8').trim().split('\r\n').slice(1);
    const listed = [...new Set(rows.map((row) => row.split(',', 1)[0]))];
    expect(listed).toEqual(json.claims.map(({ id }: { id: string }) => id));
  });

  test('the report has one of each and ends with the table of all claims', async () => {
    const out = join(folder, 'text');
    const args = ['reproduce', 'all', ...SHORT, '--no-charts', '--out', out];
    const { stdout, stderr } = await offloadcage(args);
    for (const { title } of paperExperiments()) expect(stdout).toContain(`${title}\n`);
    const [, table = ''] = stdout.split('All claims of the paper: ');
    expect(table).toMatch(/^ +Verdict +What +Ours +Rule$/m);
    for (const { id } of json.claims) expect(table).toMatch(new RegExp(`^${id} `, 'm'));
    expect(table).toContain('Not judged: M1, M2, M3, M7 (needs the time up to 60 s');
    expect(stderr).toMatch(/^wrote \d+ files to /);
  });
});

describe('refused', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'offloadcage-all-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('with a part that cannot be written, before anything runs', async () => {
    writeFileSync(join(folder, 'loop'), 'a file');
    const { status, stdout, stderr } = await offloadcage(['reproduce', 'all', '--out', folder]);
    expect(stderr).toMatch(/loop: cannot write: .*\(see --out\)\n$/);
    expect([status, stdout]).toEqual([2, '']);
    expect(readdirSync(folder)).toEqual(['loop']);
  });

  test('into a folder that holds the results of one experiment', async () => {
    const descriptor = JSON.stringify({ offloadcage: {}, resources: [] });
    writeFileSync(join(folder, 'datapackage.json'), descriptor);
    const { status, stderr } = await offloadcage(['reproduce', 'all', '--out', folder]);
    expect(stderr).toMatch(/results of one experiment; allowed: .*\n$/);
    expect(status).toBe(2);
    expect(readdirSync(folder)).toEqual(['datapackage.json']);
  });

  test('over a folder with the results of another run', async () => {
    mkdirSync(join(folder, 'loop'));
    const origin = { written_by: 'offloadcage run ../../my.yaml' };
    const descriptor = { name: 'loop', offloadcage: origin, resources: [] };
    writeFileSync(join(folder, 'loop/datapackage.json'), JSON.stringify(descriptor));
    const { status, stderr } = await offloadcage(['reproduce', 'all', '--out', folder]);
    expect(stderr).toMatch(/loop: got files written by `offloadcage run \.\.\/\.\.\/my\.yaml`/);
    expect(status).toBe(2);
  });
});
