import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DefinitionFiles } from '../../src/files/definition-files.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-recording-'));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The times of a file with this text, and what would be allowed instead of the file. */
function read(text: string) {
  writeFileSync(join(folder, 'log.csv'), text);
  const refused: string[] = [];
  const found = new DefinitionFiles().recording('log.csv', folder, (one) => refused.push(one));
  const pages = found?.pageBytes && [...found.pageBytes];
  return { times: found && [...found.timesNs], pages, refused };
}

describe('a recording', () => {
  test('gives back the times that were written, to the nanosecond', () => {
    const ns = fc.integer({ min: 0, max: 1e12 });
    fc.assert(
      fc.property(fc.array(ns, { maxLength: 50 }), fc.boolean(), (some, isWindows) => {
        const sorted = some.toSorted((a, b) => a - b);
        const lines = ['path,time_s', ...sorted.map((one) => `"/a,b",${one / 1e9}`)];
        expect(read(lines.join(isWindows ? '\r\n' : '\n')).times).toEqual(sorted);
      }),
    );
  });

  test('may be longer than what is read at a time', () => {
    const lines = Array.from({ length: 200_000 }, (_, i) => `${i / 1000},x`);
    const { times } = read(`time_s,page\n${lines.join('\n')}\n`);
    expect(times?.length).toBe(200_000);
    expect(times?.at(-1)).toBe(199_999 * 1e6);
  });

  test('may have no times, blank lines and a byte order mark', () => {
    expect(read('\uFEFFtime_s\n').times).toEqual([]);
    expect(read('time_s\n1\n\n2\n\n').times).toEqual([1e9, 2e9]);
  });

  test('may say how large each page is', () => {
    expect(read('time_s,page_bytes\n1,1024\n1.5,65536\n')).toMatchObject({
      times: [1e9, 1.5e9],
      pages: [1024, 65536],
    });
    expect(read('page_bytes,time_s\n1024,1').pages).toEqual([1024]);
    expect(read('time_s\n1\n').pages).toBe(undefined);
  });

  test.each([
    [
      'time_s,page_bytes\n1,0\n',
      'log.csv:2: got page_bytes "0"; allowed: a whole number of bytes, 1 to 131072',
    ],
    [
      'time_s,page_bytes\n1\n',
      'log.csv:2: got page_bytes ""; allowed: a whole number of bytes, 1 to 131072',
    ],
    ['time_s,page_bytes\n1,1.5\n', 'log.csv:2: got page_bytes "1.5"; allowed: a whole number'],
    ['time_s,page_bytes\n1,131073\n', 'log.csv:2: got page_bytes "131073"; allowed: a whole'],
    ['time_s\n2592001\n', 'log.csv:2: got time_s "2592001"; allowed: a number of seconds, 0 to'],
    ['time_s\n"1\n', 'log.csv:1: got no CSV (Quote Not Closed'],
    ['time_s\n1\n0.5\n', 'log.csv:3: got time_s "0.5"; allowed: times in order; before it is 1'],
    ['time_s\n-1\n', 'log.csv:2: got time_s "-1"; allowed: a number of seconds, 0 to 2592000'],
    ['time_s\n1\n\nx\n', 'log.csv:4: got time_s "x"; allowed: a number of seconds, 0 to 2592000'],
    ['time_s,b\n,1\n', 'log.csv:2: got time_s ""; allowed: a number of seconds, 0 to 2592000'],
    ['time\n1\n', 'log.csv:1: got the columns time; allowed: a head with the column time_s'],
    ['', 'log.csv:1: got nothing; allowed: a head with the column time_s'],
  ])('%j is refused with the line', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test('that is not there, or a folder, is refused where it is named', () => {
    const refusedFor = (path: string) => {
      const refused: string[] = [];
      new DefinitionFiles().recording(path, folder, (one) => refused.push(one));
      return refused;
    };
    expect(refusedFor('none.csv')).toEqual(['the path of a CSV file that can be read']);
    expect(refusedFor('.')).toHaveLength(1);
  });
});
