import { expect, test } from 'vitest';
import { allowedNames, unknownName } from '../../src/base/nearest.js';

const many = Array.from({ length: 20 }, (_, i) => `name${i}`);

test('says what is allowed, and the nearest of it', () => {
  expect(allowedNames('snrot', ['snort', 'loop'])).toBe('snort, loop; did you mean snort?');
  expect(allowedNames('xyz', ['snort', 'loop'])).toBe('snort, loop');
  expect(allowedNames('xyz', [])).toBe('none: there are none to choose from');
});

test('cuts a long list off if it can suggest a name, and else gives all', () => {
  const cut = allowedNames('name-19', many);
  expect(cut).toMatch(/^name0, .*, name11 and 8 more; did you mean name19\?$/);
  expect(allowedNames('something', many)).toBe(many.join(', '));
});

test('the nearest of many names comes before where they are', () => {
  const message = unknownName('thing', 'name-19', many, 'what `list` shows');
  expect(message).toBe('thing: got "name-19"; did you mean name19? allowed: what `list` shows');
});
