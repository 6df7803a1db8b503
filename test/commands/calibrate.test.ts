import { expect, test } from 'vitest';
import { offloadcage } from './offloadcage.js';

test('costs that do not fit are said on stderr and by exit code 1, and the rounds printed', () => {
  const args = ['calibrate', '--seeds', '1', '--rounds', '1', '--jobs', '1'];
  const text = offloadcage(args);
  expect(text.stderr).toBe(
    'offloadcage: not within 0.75 points by round 1; try more --rounds or --seeds\n',
  );
  expect(text.stdout.trimEnd().split('\n')).toHaveLength(2);
  expect(text.status).toBe(1);
  const json = offloadcage([...args, '--json']);
  expect(json.stderr).toBe(text.stderr);
  expect(JSON.parse(json.stdout)).toMatchObject({ rounds: [{ round: 1, converged: false }] });
  expect(json.status).toBe(1);
});
