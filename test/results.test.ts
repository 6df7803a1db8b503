import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SHIPPED = join(ROOT, 'results', 'snort');
const folder = mkdtempSync(join(tmpdir(), 'offloadcage-results-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the built command as a user does and returns what it prints to stdout. */
function offloadcage(...args: string[]): string {
  return execFileSync(process.execPath, [join(ROOT, 'bin', 'run.js'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

describe('the shipped results', () => {
  it('are byte for byte what `reproduce snort` writes with its defaults', () => {
    const out = join(folder, 'snort');
    const json = JSON.parse(offloadcage('reproduce', 'snort', '--out', out, '--json'));
    expect(readdirSync(out)).toEqual(readdirSync(SHIPPED));
    for (const name of readdirSync(SHIPPED)) {
      expect(readFileSync(join(out, name)).equals(readFileSync(join(SHIPPED, name))), name).toBe(
        true,
      );
    }
    expect(json.files).toHaveLength(readdirSync(SHIPPED).length);
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
        '--out',
        out,
      );
      return readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
    };
    expect(write('1')).toEqual(write('3'));
  });
});
