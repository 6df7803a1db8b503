import { test } from 'vitest';
import { expectHeld } from './held.js';

test('docs/lesson.md shows what commands print', () => expectHeld('docs/lesson.md'));
