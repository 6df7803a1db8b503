/** `results/` is what the tool writes with its defaults. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { claimsAbout } from '../src/claims/catalog.js';
import { experimentsOf } from '../src/claims/claim.js';
import { metricsOf } from '../src/definition/metrics/metrics.js';
import { paperExperiments } from '../src/files/experiment-catalog.js';
import { VERSION } from '../src/files/version.js';
import { readResult } from '../src/output/stored/stored-result.js';
import { definitionHash } from '../src/run/definition-hash.js';
import { seedList } from '../src/run/runner.js';
import { readCsv } from './output/csv-reader.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SHIPPED = join(ROOT, 'results');
const folder = mkdtempSync(join(tmpdir(), 'offloadcage-results-'));
const catalog = paperExperiments();

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the built command as a user does and returns what it prints to stdout. */
function offloadcage(...args: string[]): string {
  return execFileSync(process.execPath, [join(ROOT, 'bin', 'run.js'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 28,
  });
}

/** Paths of all files below a folder, relative to it. */
const filesIn = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .sort();

describe('the shipped results', () => {
  it('are of every experiment and nothing else', () => {
    expect(readdirSync(SHIPPED).sort()).toEqual(
      [
        ...catalog.map(({ id }) => id),
        'claims.csv',
        'claims.md',
        'readings',
        'sensitivity',
        'sweeps',
      ].sort(),
    );
  });

  it('are what docs/results.md says', () => {
    const document = readFileSync(join(ROOT, 'docs/results.md'), 'utf8');
    const parts = [join('readings', 'readings.md'), 'claims.md'];
    const written = parts.map((name) => readFileSync(join(SHIPPED, name), 'utf8'));
    expect(document).toBe(written.join('\n'));
  });

  // Quicker than the bytes below, and says what has been forgotten.
  it.each(catalog.map((definition) => [definition.id, definition] as const))(
    'of %s are of its present definition, complete',
    (id, definition) => {
      const read = (name: string) => readFileSync(join(SHIPPED, id, name), 'utf8');
      const { offloadcage: origin, resources } = JSON.parse(read('datapackage.json'));
      const seeds = seedList(1, definition.seedCount);
      expect(origin).toMatchObject({
        version: VERSION,
        definition_hash: definitionHash(definition),
        seeds,
        duration_s: definition.durationNs / 1e9,
      });
      const listed = resources.map(({ path }: { path: string }) => path);
      expect(readdirSync(join(SHIPPED, id)).sort()).toEqual([...listed, 'datapackage.json'].sort());
      for (const { number } of definition.figures) expect(listed).toContain(`figure-${number}.svg`);
      for (const { id: variant, input, subject } of definition.variants) {
        const [header, ...rows] = readCsv(read(`${variant}.csv`));
        const metrics = metricsOf(input, subject).map(({ name }) => name);
        expect(header).toEqual(['seed', 'time_s', ...metrics]);
        expect(rows).toHaveLength((seeds.length * definition.durationNs) / definition.sampleNs);
      }
      // `report` can show them without running anything.
      expect(readResult(join(SHIPPED, id)).definitionHash).toBe(definitionHash(definition));
      const own = claimsAbout(id).filter((claim) => experimentsOf(claim).length === 1);
      const judged = readCsv(read('claims.csv'))
        .slice(1)
        .map(([claim]) => claim);
      expect([...new Set(judged)]).toEqual(own.map((claim) => claim.id));
    },
  );

  // As long as the runs take on a machine that does other things besides.
  it('are byte for byte what `reproduce all` writes with its defaults', {
    timeout: 600_000,
  }, () => {
    const out = join(folder, 'all');
    const json = JSON.parse(offloadcage('reproduce', 'all', '--out', out, '--json'));
    // Those of sweeps, readings and sensitivity have tests of their own.
    const names = filesIn(SHIPPED).filter(
      (name) => !/^(sweeps|readings|sensitivity)[/\\]/.test(name),
    );
    expect(filesIn(out)).toEqual(names);
    const differing = names.filter(
      (name) => !readFileSync(join(out, name)).equals(readFileSync(join(SHIPPED, name))),
    );
    expect(differing).toEqual([]);
    expect(Object.keys(json.experiments)).toEqual(catalog.map(({ id }) => id));
    expect(json.unjudged).toEqual([]);
  });

  it('do not depend on the number of jobs', () => {
    const write = (jobs: string) => {
      const out = join(folder, `jobs-${jobs}`);
      offloadcage(
        'reproduce',
        'fig4',
        '--seeds',
        '3',
        '--duration',
        '3',
        '--jobs',
        jobs,
        '--no-cache',
        '--out',
        out,
      );
      return readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
    };
    expect(write('1')).toEqual(write('3'));
  });
});
