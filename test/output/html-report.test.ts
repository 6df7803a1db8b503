import { describe, expect, test } from 'vitest';
import { type ReportContent, renderHtml } from '../../src/output/html/html-report.js';
import { sentenceOf } from '../../src/output/readings/sentence.js';
import { syntheticMatrix } from '../claims/readings/synthetic.js';
import { experimentFixture } from './experiment-fixture.js';

const fixture = experimentFixture();
const HOSTILE = `<script>alert("x")</script> & 'more'`;

const content = (title = fixture.title): ReportContent => ({
  version: '0.1.0',
  command: `offloadcage report snort`,
  chapters: [
    {
      result: {
        ...fixture,
        title,
        description: HOSTILE,
        variants: fixture.variants.map((variant) => ({ ...variant, description: HOSTILE })),
      },
    },
    { result: fixture, folder: `results/${HOSTILE}` },
  ],
  judged: {
    claims: fixture.claims,
    unjudged: [{ id: 'T1', figure: '8', statement: HOSTILE, reason: HOSTILE }],
  },
  readings: null,
  machines: [
    {
      title: 'A machine',
      costs: [
        {
          name: 'snort_packet',
          value: 6.6,
          unit: 'us',
          origin: 'fitted',
          fits: 'S3, S5',
          description: 'Work for a packet.',
          source: HOSTILE,
        },
      ],
    },
  ],
});

const WRITTEN_BY = 'offloadcage report ../a-->b.yaml';

const report = (title?: string) => renderHtml(content(title), WRITTEN_BY);
const page = report();
const matches = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, one = '']) => one);

describe('the HTML report', () => {
  test('needs nothing but itself', () => {
    const urls = matches(/(?:href|src|xlink:href)="([^"]*)"/g);
    expect(urls.filter((url) => !url.startsWith('#'))).toEqual([]);
    expect(page).not.toMatch(/@import|url\(|<script|<link|<iframe/);
    // The name of the SVG vocabulary is no address to load.
    const named = matches(/(https?:\/\/[^"\s<]+)/g);
    expect([...new Set(named)]).toEqual(['http://www.w3.org/2000/svg']);
  });

  test('says in a comment which command line wrote it, whatever the names of files', () => {
    const [, comment = ''] = /^<!doctype html>\n<!-- (.*?) -->\n<html/.exec(page) ?? [];
    expect(JSON.parse(comment)).toEqual({ written_by: WRITTEN_BY });
  });

  test('has distinct ids, and every link and label leads to one', () => {
    const ids = matches(/ id="([^"]*)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    for (const target of matches(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    for (const label of matches(/aria-labelledby="([^"]*)"/g)) {
      for (const id of label.split(' ')) expect(ids).toContain(id);
    }
  });

  test('has a permalink for each claim, with verdict, rule, reason and margin', () => {
    for (const { id, statement, paper, reason } of fixture.claims) {
      const [, details = ''] =
        new RegExp(`<article id="${id}">(.*?)</article>`, 's').exec(page) ?? [];
      for (const text of [statement, reason]) expect(details).toContain(text);
      expect(details).toContain(paper.replaceAll('>', '&gt;'));
      expect(details).toContain('Margin');
    }
    expect(page).toContain('T1 was not judged');
  });

  test('draws each figure for pages of three widths, with a title in words', () => {
    for (const { number, title } of fixture.figures) {
      expect(
        page.match(new RegExp(`<title id="[^"]*">Figure ${number}: ${title}<`, 'g')),
      ).toHaveLength(6);
      expect(page).toContain(`<figcaption>Figure ${number}: ${title}`);
    }
    const widths = matches(/<svg [^>]* width="(\d+)"/g).map(Number);
    expect(Math.min(...widths)).toBeLessThan(400);
  });

  test('has the means and the origin of each cost', () => {
    for (const { title } of fixture.variants) expect(page).toContain(title);
    expect(page).toMatch(/snort_packet.*6\.6\u00a0us.*fitted to S3, S5/s);
  });

  test('breaks no line between a number and its unit', () => {
    // Drawings do not break lines.
    const text = page.replace(/<svg.*?<\/svg>/gs, '');
    expect(text.match(/\d (?:%|points|us|s|replies\/s)(?![\w/])/g)).toBeNull();
    expect(page).toMatch(/49\.90\u00a0±\u00a00\.40\u00a0%/);
  });

  test('says what was read from files, and judges that by itself', () => {
    const chapter = page.slice(page.indexOf('<h2 id="snort-2">'));
    expect(chapter).toMatch(/Read from <code>results\/&lt;script&gt;.*not run again/);
    expect(chapter).toContain('<article id="S1-2">');
    const judged = { claims: [], unjudged: [] };
    const chapters = [{ result: fixture, folder: 'results/snort' }];
    const alone = renderHtml({ ...content(), chapters, judged, machines: [] }, WRITTEN_BY);
    expect(alone).not.toContain('<h2 id="costs">');
    expect(alone).not.toContain('<h2 id="claims">');
    expect(alone).not.toContain('<h2 id="details">');
    expect(alone).toContain('<article id="S1">');
  });

  test('opens with what the claims come to under several readings, if they were asked', () => {
    const matrix = syntheticMatrix();
    const read = renderHtml({ ...content(), readings: matrix }, WRITTEN_BY);
    const [, opening = ''] = /<h1>.*?<\/h1>\n<p class="lead">(.*?)<\/p>/s.exec(read) ?? [];
    expect(opening).toBe(sentenceOf(matrix));
    for (const { reading } of matrix.columns) {
      expect(read).toContain(`<a href="#reading-${reading.id}">${reading.id}</a>`);
      expect(read).toContain(`<article id="reading-${reading.id}">`);
    }
    expect(read).toMatch(/X4<\/th>.*"holds">✔ 11\.0<.*"undecided">\? 10\.0<.*"fails">✘ 9\.0</);
    expect(read).toMatch(/Measured ones that hold.*3 of 4.*1 of 4.*1 of 3/);
    expect(page).not.toContain('class="lead"');
  });

  test('takes no markup from texts', () => {
    expect(report(HOSTILE)).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
  });

  test('has a head to each row of a table, and to each column', () => {
    const tables = matches(/<table>(.*?)<\/table>/gs);
    expect(tables.length).toBeGreaterThan(3);
    for (const table of tables) {
      const [, ...heads] = [...table.matchAll(/<th scope="col">(.*?)<\/th>/gs)].map(
        ([, one]) => one,
      );
      const rows = [...table.matchAll(/<tr>(<th scope="row">.*?)<\/tr>/gs)].map(
        ([, one = '']) => one,
      );
      expect(rows.length).toBe((table.match(/<tr>/g)?.length ?? 0) - 1);
      for (const row of rows) {
        expect(row.match(/<th /g)).toHaveLength(1);
        const names = [...row.matchAll(/<td[^>]* data-head="([^"]*)"/g)].map(([, one]) => one);
        expect(names).toEqual(heads);
      }
    }
  });

  test('closes what it opens, and has no text where only elements may be', () => {
    const open: string[] = [];
    const empty = /^(meta|br|path|rect|!doctype)$/;
    const elementsOnly = /^(html|head|body|header|main|nav|ul|ol|dl|table|thead|tbody|tr|section)$/;
    for (const [, close, name = '', self, text = ''] of page
      .replace(/<!--.*?-->/, '')
      .matchAll(/<(\/?)([a-z!][a-z0-9]*)[^<>]*?(\/?)>|([^<]+)/g)) {
      if (elementsOnly.test(open.at(-1) ?? '')) expect(text.trim()).toBe('');
      if (name === '' || empty.test(name) || self === '/') continue;
      if (close === '/') expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });
});
