/** The RO-Crate around a folder of results, by the validator of the library ro-crate. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CRATE_FILE, roCrateJson } from '../../src/output/crate/ro-crate.js';
import { offloadcage } from '../commands/offloadcage.js';
import { experimentFixture } from './experiment-fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'offloadcage-crate-'));
const out = join(folder, 'out');

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.unstubAllGlobals();
});

const run = (args: readonly string[], epoch = '1767225600') =>
  offloadcage(
    ['reproduce', 'fig10', '--seeds', '2', '--duration', '1', '--out', 'out', '--quiet', ...args],
    { cwd: folder, env: { SOURCE_DATE_EPOCH: epoch } },
  );

const CONTEXT = 'https://w3id.org/ro/crate/1.2/context';

/** What is used of the library, whose types lack the validator. */
interface Library {
  readonly Validator: new () => {
    parseJSON(text: string): void;
    validate(): Promise<unknown>;
    checkFiles(files: Record<string, object>): void;
    readonly results: readonly { readonly id: string; readonly status: string }[];
  };
  readonly ROCrate: new (json: object) => { resolveTerm(term: string): string | undefined };
}

let library: Library;

beforeAll(() => {
  // It would fetch the context that it brings along; it takes this function when it is loaded.
  vi.stubGlobal('fetch', async () => Response.json(context));
  const require = createRequire(import.meta.url);
  const context = require('ro-crate/lib/context.json');
  library = require('ro-crate');
});

/** What the validator says, but for what it found right. */
async function faultsOf(text: string, files: readonly string[]) {
  const validator = new library.Validator();
  validator.parseJSON(text);
  await validator.validate();
  validator.checkFiles(Object.fromEntries(files.map((file) => [file, { exists: true }])));
  return validator.results.filter(({ status }) => status !== 'success');
}

type Entity = Readonly<Record<string, unknown>> & { readonly '@id': string };

describe('--ro-crate', () => {
  let text: string;
  let graph: readonly Entity[];
  const entity = (id: string) => graph.find((one) => one['@id'] === id);

  beforeAll(async () => {
    const { status } = await run(['--ro-crate', 'cc-by-4.0', '--figures', 'svg,png']);
    expect(status).toBe(0);
    text = readFileSync(join(out, CRATE_FILE), 'utf8');
    graph = JSON.parse(text)['@graph'];
  });

  test('writes what the validator takes, with every file of the folder', async () => {
    expect(await faultsOf(text, readdirSync(out))).toEqual([]);
    const without = graph.filter((one) => one['@id'] !== 'figure-10.png');
    const broken = JSON.stringify({ '@context': CONTEXT, '@graph': without });
    expect(await faultsOf(broken, readdirSync(out))).not.toEqual([]);
  });

  test('uses the terms of the context, and refers to what is there', () => {
    const crate = new library.ROCrate(JSON.parse(text));
    const properties = graph.flatMap((one) => Object.keys(one)).filter((key) => key[0] !== '@');
    const types = graph.map((one) => String(one['@type']));
    const unknown = [...new Set([...properties, ...types])].filter(
      (term) => crate.resolveTerm(term) === undefined,
    );
    expect(unknown).toEqual([]);
    expect(crate.resolveTerm('unheardOf')).toBeUndefined();
    const ids = graph.map((one) => one['@id']);
    expect(new Set(ids).size).toBe(ids.length);
    const referred = [...text.matchAll(/\{\s*"@id": "([^"]+)"\s*\}/g)].map(([, id]) => id);
    expect(referred.length).toBeGreaterThan(ids.length);
    const outside = referred.filter((id = '') => !ids.includes(id));
    expect([...new Set(outside)]).toEqual(['https://w3id.org/ro/crate/1.2']);
  });

  test('has licence, date, command line and definition', () => {
    expect(entity('./')).toMatchObject({
      datePublished: '2026-01-01',
      license: { '@id': 'https://spdx.org/licenses/CC-BY-4.0' },
    });
    const { offloadcage: run } = JSON.parse(readFileSync(join(out, 'datapackage.json'), 'utf8'));
    expect(entity('#run')?.name).toBe(run.written_by);
    expect(entity('#definition')?.identifier).toBe(run.definition_hash);
  });

  test('is left out by default, and a former one goes', async () => {
    await run([]);
    expect(readdirSync(out)).not.toContain(CRATE_FILE);
    expect(readdirSync(out)).toContain('datapackage.json');
  });

  test.each([
    ['CC-BY-4', '--ro-crate: got "CC-BY-4"; allowed: an identifier of SPDX'],
    ['http://example.org', '--ro-crate: got "http://example.org"; allowed:'],
    ['', '--ro-crate: got ""; allowed:'],
  ])('refuses the licence %j', async (licence, message) => {
    const { status, stderr } = await run(['--ro-crate', licence]);
    expect(status).toBe(2);
    expect(stderr).toContain(`offloadcage: ${message}`);
  });

  test('refuses a date that is none', async () => {
    const { status, stderr } = await run(['--ro-crate', 'CC0-1.0'], 'today');
    expect(status).toBe(2);
    expect(stderr).toContain('SOURCE_DATE_EPOCH: got "today"; allowed: seconds since 1970');
  });
});

test('a crate of a definition of the user speaks of no paper', async () => {
  const licence = { url: 'https://example.org/terms', name: 'Terms' };
  const files = [{ path: 'a b.csv', title: 'A', mediatype: 'text/csv' }];
  const crate = (paper: string) =>
    roCrateJson({ ...experimentFixture(), paper }, files, 'offloadcage run ./a.yaml', {
      licence,
      date: '2026-01-01',
    });
  expect(crate('section 5')).toContain('ScholarlyArticle');
  expect(crate('')).not.toContain('ScholarlyArticle');
  expect(await faultsOf(crate(''), [])).toMatchObject([{ id: 'validCrateDataEntityPath' }]);
});
