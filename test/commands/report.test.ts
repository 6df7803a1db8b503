import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paperExperiments } from '../../src/files/experiment-catalog.js';
import { experimentFile } from '../../src/files/shipped.js';
import { offloadcage } from './offloadcage.js';

let cwd: string;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'offloadcage-report-'));
});

afterEach(() => rmSync(cwd, { recursive: true, force: true }));

const short = ['--seeds', '2', '--duration', '2'];

describe('report', () => {
  test('writes one file with what it was asked for, the same each time', async () => {
    const run = () => offloadcage(['report', 'fig4', 'snort', '-o', 'my.html', ...short], { cwd });
    const { status, stdout, stderr } = await run();
    expect([status, stdout]).toEqual([0, '']);
    expect(stderr).toBe('wrote my.html\n');
    expect(readdirSync(cwd)).toEqual(['my.html']);
    const page = readFileSync(join(cwd, 'my.html'), 'utf8');
    expect(page).toContain('offloadcage report fig4 snort --seeds 2 --duration 2');
    expect(page).toContain('<article id="S1">');
    expect(page).not.toContain('<article id="T1">');
    // Of the experiment that is meant twice there is one chapter.
    expect(page.match(/<h2 id="snort">/g)).toHaveLength(1);
    expect(page.match(/<figure id="fig7">/g)).toHaveLength(1);
    // The same report may be replaced, another one may not.
    expect((await run()).status).toBe(0);
    expect(readFileSync(join(cwd, 'my.html'), 'utf8')).toBe(page);
    const other = await offloadcage(['report', 'loop', '-o', 'my.html', ...short], { cwd });
    expect(other.stderr).toMatch(
      /my\.html: got a file written by `offloadcage report fig4 snort --/,
    );
    expect(other.status).toBe(2);
  });

  test('opens with what the claims come to under several readings if asked to', async () => {
    const args = ['report', 'loop', '--readings', '--quiet', ...short];
    const { status, stderr } = await offloadcage(args, { cwd });
    expect([status, stderr]).toEqual([0, '']);
    const page = readFileSync(join(cwd, 'report.html'), 'utf8');
    expect(page).toMatch(/<h1>.*<\/h1>\n<p class="lead">.* 3 claims that the paper measured\.</);
    expect(page).toContain('<h2 id="readings">');
    expect(page).toContain('offloadcage report loop --readings --seeds 2 --duration 2');
    // Without the readings it is another report.
    expect((await offloadcage(['report', 'loop', ...short], { cwd })).status).toBe(2);
  });

  test('refuses to ask readings of what no claim is about', async () => {
    const loop = readFileSync(experimentFile('loop'), 'utf8');
    writeFileSync(join(cwd, 'my.yaml'), loop.replace('id: loop', 'id: mine'));
    for (const name of ['my.yaml', 'limiter-laws']) {
      const { status, stderr } = await offloadcage(['report', name, '--readings'], { cwd });
      expect([status, stderr]).toEqual([
        2,
        expect.stringContaining('--readings: got nothing that a claim of the paper is about'),
      ]);
    }
  });

  test('takes definitions of one’s own and folders of results', async () => {
    const loop = readFileSync(experimentFile('loop'), 'utf8');
    writeFileSync(join(cwd, 'my.yaml'), loop.replace('title: ', 'title: My '));
    const written = ['run', 'my.yaml', '--quiet', '--out', 'results/mine', ...short];
    expect((await offloadcage(written, { cwd })).status).toBe(0);
    const { status, stderr } = await offloadcage(['report', 'results/mine/', 'my.yaml', ...short], {
      cwd,
    });
    expect([status, stderr]).toEqual([0, 'wrote report.html\n']);
    const page = readFileSync(join(cwd, 'report.html'), 'utf8');
    const heads = [...page.matchAll(/<h2 id="(loop[^"]*)">([^<]*)/g)].map(([, ...one]) => one);
    expect(heads.map(([id]) => id)).toEqual(['loop', 'loop-2']);
    for (const [, title] of heads) expect(title).toMatch(/^My /);
    expect(page).toContain('Read from <code>results/mine/</code>');
    const idle = await offloadcage(['report', 'results/mine', '--seeds', '3'], { cwd });
    expect([idle.status, idle.stderr]).toEqual([
      2,
      expect.stringContaining('--seeds 3: got it with folders of results only'),
    ]);
    // One that was read says the same as one that was run.
    const [ran = '', read = ''] = page.split('<h2 id="loop').slice(1);
    const means = (text: string) => text.match(/<caption>Means of.*?<\/table>/s)?.[0];
    expect(means(read)).toBe(means(ran));
  });

  test('refuses what is no folder of results', async () => {
    mkdirSync(join(cwd, 'empty'));
    const refused = async (...args: readonly string[]) => {
      const { status, stderr } = await offloadcage(['report', ...args], { cwd });
      expect([status, readdirSync(cwd)]).toEqual([2, ['empty']]);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
      return stderr;
    };
    expect(await refused('./empty')).toContain('./empty: got no datapackage.json in it');
    expect(await refused('nosuch/')).toContain('nosuch/: no such file');
  });

  test('replaces nothing but a report', async () => {
    writeFileSync(join(cwd, 'mine.html'), '<p>mine</p>');
    mkdirSync(join(cwd, 'folder'));
    for (const [path, hint] of [
      ['mine.html', 'got a file not written by this command line'],
      ['folder', 'no name of a file'],
      ['folder/', 'no name of a file'],
      ['', 'the path of a file'],
      ['mine.html/x.html', 'no folder'],
      ['nowhere/x.html', 'no such place'],
    ] as const) {
      const { status, stdout, stderr } = await offloadcage(['report', 'loop', '-o', path], { cwd });
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(hint);
      expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    }
    expect(readdirSync(cwd).sort()).toEqual(['folder', 'mine.html']);
    expect(readFileSync(join(cwd, 'mine.html'), 'utf8')).toBe('<p>mine</p>');
  });

  test('suggests the nearest name', async () => {
    const { status, stderr } = await offloadcage(['report', 'snrot'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toContain('did you mean snort?');
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('takes all and other experiments together, and checks every name', async () => {
    const wrong = await offloadcage(['report', 'all', 'snrot'], { cwd });
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('did you mean snort?');
    expect(readdirSync(cwd)).toEqual([]);
    expect(
      (await offloadcage(['report', 'all', 'arrivals', 'fig4', ...short], { cwd })).status,
    ).toBe(0);
    const page = readFileSync(join(cwd, 'report.html'), 'utf8');
    const chapters = [...page.matchAll(/<li><a href="#([^"]*)">/g)].map(([, id]) => id);
    const ids = paperExperiments().map(({ id }) => id);
    expect(chapters).toEqual(['claims', ...ids, 'arrivals', 'details', 'costs']);
  });
});
