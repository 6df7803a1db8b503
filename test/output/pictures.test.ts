/** Figures as PNG and PDF. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { figureData, figureTitle } from '../../src/output/figure/figure-data.js';
import { loadPictures } from '../../src/output/picture/picture-kinds.js';
import { figureSvg } from '../../src/output/svg/svg.js';
import { offloadcage } from '../commands/offloadcage.js';
import { experimentFixture } from './experiment-fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'offloadcage-pictures-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fixture = experimentFixture();
const data = figureData(fixture, fixture.figures[0]!);
const svg = figureSvg(data);
const title = figureTitle(data.figure);
const [, width = '', height = ''] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];

async function drawn(kind: 'png' | 'pdf', drawing: string): Promise<Buffer> {
  const [picture] = await loadPictures([kind]);
  return Buffer.from(await picture!.draw(drawing, title));
}

const textless = svg.replaceAll(/<text.*<\/text>/g, '');

describe('a PNG', () => {
  test('has twice the size of the drawing, and is the same each time', async () => {
    const png = await drawn('png', svg);
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2 * +width, 2 * +height]);
    expect(png.equals(await drawn('png', svg))).toBe(true);
  });

  test('has its text, whatever fonts there are', async () => {
    const [png, without] = await Promise.all([drawn('png', svg), drawn('png', textless)]);
    expect(png.length).toBeGreaterThan(without.length + 5000);
  });
});

describe('a PDF', () => {
  test('is one page of the size of the drawing, and the same each time', async () => {
    const pdf = await drawn('pdf', svg);
    const text = pdf.toString('latin1');
    expect(text).toMatch(/^%PDF-1\.\d/);
    expect(text.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(1);
    expect(text).toContain(`/MediaBox [0 0 ${0.75 * +width} ${0.75 * +height}]`);
    expect(pdf.equals(await drawn('pdf', svg))).toBe(true);
  });

  test('brings the fonts of its text along, which can be searched', async () => {
    const [pdf, without] = await Promise.all([drawn('pdf', svg), drawn('pdf', textless)]);
    expect(pdf.toString('latin1')).toMatch(/\/FontName \/[A-Z]+\+DejaVuSans/);
    expect(without.toString('latin1')).not.toContain('DejaVuSans');
    const read = spawnSync('pdftotext', ['-', '-'], { input: pdf });
    // Where a reader of PDFs is installed, it finds them.
    if (read.error === undefined) expect(read.stdout.toString()).toContain('CPU use (%)');
  });
});

test('a package that a platform lacks is no defect of the program', async () => {
  vi.doMock('@resvg/resvg-js', () => {
    throw new Error('Cannot find native binding');
  });
  vi.resetModules();
  const fresh = await import('../../src/output/picture/picture-kinds.js');
  await expect(fresh.loadPictures(['svg'])).resolves.toHaveLength(1);
  await expect(fresh.loadPictures(['svg', 'png'])).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/^--figures: got png, for which a package is missing .*svg$/),
  });
  vi.doUnmock('@resvg/resvg-js');
  vi.resetModules();
});

describe('--figures', () => {
  const run = (...figures: string[]) =>
    offloadcage(
      ['reproduce', 'fig10', '--seeds', '1', '--duration', '1', '--out', 'out', ...figures],
      { cwd: folder },
    );
  const files = () => readdirSync(join(folder, 'out')).filter((name) => name.includes('figure'));
  const resources = () => {
    const text = readFileSync(join(folder, 'out/datapackage.json'), 'utf8');
    return (JSON.parse(text).resources as Record<string, string>[])
      .filter(({ path }) => path?.startsWith('figure'))
      .map(({ path, mediatype }) => [path, mediatype]);
  };
  const svgOnly = [['figure-10.svg', 'image/svg+xml']];

  beforeAll(async () => {
    await run('--figures', 'pdf,png,svg');
  });

  test('writes the kinds that it names, and the data package has them', () => {
    expect(files()).toEqual(['figure-10.pdf', 'figure-10.png', 'figure-10.svg']);
    expect(resources()).toEqual([
      ...svgOnly,
      ['figure-10.png', 'image/png'],
      ['figure-10.pdf', 'application/pdf'],
    ]);
  });

  test('may leave out SVG; by default there is nothing else, and former kinds go', async () => {
    await run('--figures', 'png');
    expect(files()).toEqual(['figure-10.png']);
    await run();
    expect(files()).toEqual(['figure-10.svg']);
    expect(resources()).toEqual(svgOnly);
  });

  test.each(['gif', 'svg,', ''])('refuses %j', async (kinds) => {
    const { status, stderr } = await run('--figures', kinds);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^offloadcage: --figures: got "(gif)?"; allowed: svg, png, pdf\n$/);
  });
});
