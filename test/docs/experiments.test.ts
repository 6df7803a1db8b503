import { test } from 'vitest';
import { expectHeld } from './held.js';

test('the tutorial runs as it stands', () => expectHeld('docs/experiments.md'));
