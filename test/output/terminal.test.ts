import { describe, expect, test } from 'vitest';
import { terminalOf } from '../../src/output/terminal/terminal.js';

const utf8 = { LANG: 'en_GB.UTF-8', TERM: 'xterm' };
const tty = { isTTY: true, columns: 132 };

describe('colour', () => {
  test.each<[string, object, Record<string, string>, boolean]>([
    ['on a terminal', tty, utf8, true],
    ['not in a pipe', {}, utf8, false],
    ['not with NO_COLOR', tty, { ...utf8, NO_COLOR: '1' }, false],
    ['with an empty NO_COLOR', tty, { ...utf8, NO_COLOR: '' }, true],
    ['not on a dumb terminal', tty, { ...utf8, TERM: 'dumb' }, false],
    ['in a pipe with FORCE_COLOR', {}, { ...utf8, FORCE_COLOR: '1' }, true],
    ['not with FORCE_COLOR=0', tty, { ...utf8, FORCE_COLOR: '0' }, false],
    ['not in a pipe with an empty FORCE_COLOR', {}, { ...utf8, FORCE_COLOR: '' }, false],
    ['not with both: NO_COLOR is a veto', tty, { ...utf8, FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('%s', (_, stream, env, color) => expect(terminalOf(stream, env).color).toBe(color));
});

describe('width', () => {
  test("is the terminal's", () => expect(terminalOf(tty, utf8).columns).toBe(132));
  test('is 80 in a pipe', () => expect(terminalOf({ columns: 132 }, utf8).columns).toBe(80));
  test('is 80 on a terminal that does not know', () => {
    expect(terminalOf({ isTTY: true, columns: 0 }, utf8).columns).toBe(80);
  });
});

describe('character set', () => {
  test.each<[Record<string, string>, boolean]>([
    [{ LANG: 'ja_JP.utf8' }, true],
    [{ LANG: 'C' }, false],
    [{ LANG: 'en_GB.UTF-8', LC_ALL: 'POSIX' }, false],
    [{ LANG: 'C', LC_ALL: '', LC_CTYPE: 'C.UTF-8' }, true],
    [{ LANG: 'de_DE.ISO-8859-1' }, false],
    [{}, true],
    [{ TERM: 'linux' }, false],
  ])('%j', (env, unicode) => expect(terminalOf(tty, env).unicode).toBe(unicode));
});
