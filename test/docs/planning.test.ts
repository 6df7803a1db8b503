import { test } from 'vitest';
import { expectHeld } from './held.js';

test('docs/planning.md shows what commands print', () => expectHeld('docs/planning.md'));
