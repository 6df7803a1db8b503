/** Where a text that is no YAML goes wrong, and what to do about it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../src/base/input-error.js';
import { YamlFile } from '../../src/base/yaml-file.js';
import { messageOf } from './messages.js';

const read = (text: string) => new YamlFile({ name: 'my.yaml', folder: '.', text });

const HEAD = 'id: mine\n';
const TAIL = 'duration: 10s\nseeds: 3\n';

test.each([
  ['a quote', 'title: "Mine\n', '2:8: title: got " without an end; allowed: " after the text'],
  ['a single quote', "title: 'Mine\n", "2:8: title: got ' without an end; allowed: ' after the"],
  [
    'a quote before another',
    'title: "Mine\npaper: "section 5"\n',
    '2:8: title: got " without an end; allowed: " after the text',
  ],
  [
    'a list',
    'domains:\n  vm1: { affinity: [0, 1 }\n',
    '3:20: domains.vm1.affinity: got [ without an end; allowed: ] after the entries',
  ],
  [
    'a list with another in it',
    'domains:\n  vm1: { affinity: [0, [1], 2 }\n',
    '3:20: domains.vm1.affinity: got [ without an end; allowed: ] after the entries',
  ],
  [
    'a mapping',
    'domains:\n  vm1: { weight: 3\n',
    '3:8: domains.vm1: got { without an end; allowed: } after the entries',
  ],
])('%s without an end is reported where it begins', (_, text, message) => {
  expect(messageOf(() => read(HEAD + text + TAIL))).toContain(`my.yaml:${message}`);
});

test.each([
  ['domains:\n\tvm1: {}\n', '3:1: domains: got a tab; allowed: spaces to indent'],
  ['  title: x\n', '1:5: id: got a key within a value; allowed: one "key: value" a line, or text'],
  ['title: a: b\n', '2:8: title: got a key within a value; allowed: one "key: value" a line'],
  ['domains:\n  vm1: {}\n   vm2: {}\n', '4:1: domains: got another column; allowed: that of'],
  ['title Mine\n', '2:1: got no ": "; allowed: lines of the form "key: value"'],
  ['a: { b: 1 c: 2 }\n', '2:9: a.b: got two entries in one; allowed: a comma between entries'],
  ['a: [1, 2]]\n', '2:10: a: got "]" after the end of the value; allowed: nothing more'],
  ['a: [1, "x" y]\n', '2:12: a.1.x: got two entries in one; allowed: a comma between entries'],
  ['a: "x" y\n', '2:8: a: got more after the end of the value; allowed: nothing more'],
  ['a: @x\n', '2:4: a: got @ first; allowed: such a text in quotes'],
  ['a: %x\n', '2:4: a: got % first; allowed: such a text in quotes'],
  ['a: "\\q"\n', '2:5: a: got \\q; allowed: \\\\ for a backslash, or single quotes'],
  ['a: !x 0\n', '2:4: a: got the tag !x; allowed: a value without tag'],
  ['a: 1\na: 2\n', '3:1: a: got a key that is there already; allowed: each key once'],
  ['- a\n', '2:1: got no ": "; allowed: lines of the form "key: value"'],
  ['a: | x\n  y\n', '2:6: a: got no YAML (Not a YAML token: x); allowed: a YAML mapping'],
])('%j', (text, message) => {
  const said = messageOf(() => read(HEAD + text + TAIL));
  expect(said).toContain(`my.yaml:${message}`);
  expect(said).toMatch(/: got .*; allowed: /);
});

test.each(['', '# nothing\n', '---\n', '~\n', 'null\n'])('%j is an empty file', (text) => {
  expect(messageOf(() => read(text))).toBe('my.yaml: the file is empty; allowed: a YAML mapping');
});

test('a place is found beside keys that an anchor stands for', () => {
  const { text } = read('a: &name b\n*name : 1\nc: { d: 2 }\n').locate(['c', 'd']);
  expect(text).toBe('my.yaml:3:9');
});

test('whatever the text is, the message is a line with a place', () => {
  const signs = fc.constantFrom(...'ab:: - ,[]{}"\'\n\n  \t#&*!|>%@`?\\1');
  fc.assert(
    fc.property(fc.string({ unit: signs, maxLength: 40 }), (text) => {
      try {
        read(text);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        expect((error as InputError).message).toMatch(/^my\.yaml:.*; allowed: .+$/);
      }
    }),
    { numRuns: 3000 },
  );
});
