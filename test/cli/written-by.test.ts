import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkFile } from '../../src/cli/output/replaceable.js';
import { commandLine, resultsCommand, sourceWord } from '../../src/cli/output/written-by.js';
import { experimentFile } from '../../src/files/shipped.js';
import { recordComment, recordIn } from '../../src/output/folder/record.js';

let base: string;
const at = (...names: string[]) => join(base, ...names);

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'offloadcage-written-'));
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

describe('a source', () => {
  test('is a file by its path from the output, whether the folder is there or not', () => {
    writeFileSync(at('my.yaml'), '');
    const word = sourceWord(at('my.yaml'), 'my', at('results', 'my'));
    expect(word).toBe('../../my.yaml');
    mkdirSync(at('results', 'my'), { recursive: true });
    expect(sourceWord(at('my.yaml'), 'my', at('results', 'my'))).toBe(word);
    expect(sourceWord(at('my.yaml'), 'my', base)).toBe('./my.yaml');
  });

  test('stays the same if a project is moved, and by a link', () => {
    mkdirSync(at('a'));
    writeFileSync(at('a', 'my.yaml'), '');
    const before = sourceWord(at('a', 'my.yaml'), 'my', at('a', 'results'));
    renameSync(at('a'), at('b'));
    expect(sourceWord(at('b', 'my.yaml'), 'my', at('b', 'results'))).toBe(before);
    symlinkSync(at('b', 'my.yaml'), at('link.yaml'));
    symlinkSync(at('b'), at('linked'));
    expect(sourceWord(at('link.yaml'), 'my', at('linked', 'results'))).toBe(before);
  });

  test('is the shipped experiment by name and by its file, unlike a copy of it', () => {
    const words = ['snort', experimentFile('snort')].map((name) => sourceWord(name, 'snort', base));
    expect(words).toEqual(['snort', 'snort']);
    writeFileSync(at('snort.yaml'), '');
    expect(sourceWord(at('snort.yaml'), 'snort', base)).toBe('./snort.yaml');
  });

  test('is a pipe with the id that comes out of it', () => {
    const words = ['-', '/dev/fd/99'].map((name) => sourceWord(name, 'my', base));
    expect(words).toEqual(['stdin:my', 'stdin:my']);
  });
});

test('results are of reproduce for what is shipped, of run for a file, with their variants', () => {
  writeFileSync(at('my.yaml'), '');
  expect(resultsCommand('fig4', 'snort', base)).toBe('offloadcage reproduce fig4');
  expect(resultsCommand(at('my.yaml'), 'my', base, { variant: ['a', 'b'] })).toBe(
    'offloadcage run ./my.yaml --variant a --variant b',
  );
});

describe('a record', () => {
  const command = commandLine('report', 'it\'s "my" --> file.yaml');

  test('is read from JSON, HTML, Markdown, and what is compressed', () => {
    const json = JSON.stringify({ otherData: { written_by: command }, rest: 'x'.repeat(1e6) });
    for (const text of [json, `# Title\n\n${recordComment(command)}\n`]) {
      writeFileSync(at('x'), text);
      expect(recordIn(at('x'))).toBe(command);
      writeFileSync(at('x'), gzipSync(text));
      expect(recordIn(at('x'))).toBe(command);
    }
  });

  test.each(['', 'mine', '{"written_by":5}', '\x1fmine', '{"written_by":"\\x"}'])(
    'is in no other file: %j',
    (text) => {
      writeFileSync(at('x'), text, 'latin1');
      expect(recordIn(at('x'))).toBeNull();
    },
  );
});

describe('a file', () => {
  const ours = 'offloadcage trace snort --variant offload';

  test('may be replaced if it is not there, empty, or written by the same command line', () => {
    expect(() => checkFile(at('new.json'), ours)).not.toThrow();
    expect(() => checkFile('/dev/null', ours)).not.toThrow();
    writeFileSync(at('x.json'), '');
    expect(() => checkFile(at('x.json'), ours)).not.toThrow();
    writeFileSync(at('x.json'), JSON.stringify({ written_by: ours }));
    expect(() => checkFile(at('x.json'), ours)).not.toThrow();
  });

  test('is refused if it is of another command line or of somebody else', () => {
    writeFileSync(at('x.json'), JSON.stringify({ written_by: 'offloadcage trace snort' }));
    expect(() => checkFile(at('x.json'), ours)).toThrow(
      `${at('x.json')}: got a file written by \`offloadcage trace snort\`; allowed: `,
    );
    writeFileSync(at('x.json'), 'mine');
    expect(() => checkFile(at('x.json'), ours)).toThrow(
      /got a file not written by this command line; allowed: .* --force to replace it/,
    );
  });
});
