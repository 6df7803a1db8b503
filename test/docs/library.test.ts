/** docs/library.md: its programs run, and print what it shows. */
import { test } from 'vitest';
import { expectHeld } from './held.js';

test('its programs print what it shows', async () => {
  await expectHeld('docs/library.md');
});
