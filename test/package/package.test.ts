/** The packed tarball as a command. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../commands/offloadcage.js';
import { type Packed, pack, version } from './packed.js';

let packed: Packed;

/** Runs the installed command in an empty folder. */
function offloadcage(...args: string[]) {
  const env = { ...process.env, NO_COLOR: '1' };
  const bin = join(packed.installed, 'bin/run.js');
  return spawnSync(process.execPath, [bin, ...args], {
    cwd: packed.project,
    env,
    encoding: 'utf8',
  });
}

beforeAll(() => {
  packed = pack();
});

afterAll(() => packed.remove());

describe('the packed tarball', () => {
  test('holds the program, its data and its manifest, and neither sources nor tests', () => {
    expect(readdirSync(packed.installed).sort()).toEqual([
      'CHANGELOG.md',
      'CITATION.cff',
      'LICENSE',
      'README.md',
      'bin',
      'dist',
      'docs',
      'experiments',
      'man',
      'oclif.manifest.json',
      'package.json',
      'results',
      'schemas',
    ]);
  });

  test('has whatever its documents link to or show', () => {
    const documents = readdirSync(packed.installed, { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.endsWith('.md'),
    );
    expect(documents.length).toBeGreaterThan(3);
    const targets = documents.flatMap((document) => {
      const text = readFileSync(join(packed.installed, document), 'utf8');
      const found = text.matchAll(/\]\(([^)\s]+)\)|\b(?:src|href)="([^"]+)"/g);
      return [...found].map(([, link = '', attribute = link]) => ({ document, link: attribute }));
    });
    expect(targets.filter(({ link }) => link.endsWith('.svg')).length).toBeGreaterThan(3);
    const missing = targets.filter(({ document, link }) => {
      const [path = ''] = link.split('#');
      const isOutside = /^[a-z]+:/.test(link);
      return !isOutside && !existsSync(join(packed.installed, dirname(document), path));
    });
    expect(missing).toEqual([]);
  });

  test('has no script that an installer would ask about', () => {
    const { scripts } = JSON.parse(readFileSync(join(packed.installed, 'package.json'), 'utf8'));
    const asked = ['preinstall', 'install', 'postinstall', 'prepare'];
    expect(asked.filter((name) => name in scripts)).toEqual([]);
  });

  test('has a manifest with all commands, so that it starts fast', () => {
    const manifest = JSON.parse(
      readFileSync(join(packed.installed, 'oclif.manifest.json'), 'utf8'),
    );
    const ids = readdirSync(join(root, 'src/commands'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => name.slice(0, -'.ts'.length).replaceAll(/[\\/]/g, ':'))
      .map((id) => id.replace(/:index$/, ''));
    expect(Object.keys(manifest.commands).sort()).toEqual(ids.sort());
    expect(manifest.version).toBe(version);
  });

  test('finds its experiments from an empty folder', () => {
    const { status, stdout, stderr } = offloadcage('list');
    expect(stderr).toBe('');
    expect(stdout).toMatch(/\bsnort\b/);
    expect(status).toBe(0);
  });

  test('runs an experiment and writes its files below the current folder', () => {
    const args = ['reproduce', 'snort', '--seeds', '1', '--duration', '1', '--json'];
    const { status, stdout, stderr } = offloadcage(...args);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).files.length).toBeGreaterThan(0);
    expect(readdirSync(join(packed.project, 'results/snort'))).toContain('summary.csv');
  });
});
