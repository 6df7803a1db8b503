import { describe, expect, test } from 'vitest';
import { offloadcage } from './offloadcage.js';

const once = ['--seeds', '1', '--rounds', '1', '--jobs', '1'];

describe('calibrate', () => {
  test('tells by exit code and stderr that costs do not fit, and prints the rounds', async () => {
    const text = await offloadcage(['calibrate', '--set', 'web_request=60', ...once]);
    expect(text.stderr).toBe(
      'offloadcage: not within 0.75 points by round 1; try more --rounds or --seeds\n',
    );
    expect(text.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(text.status).toBe(1);
  });

  test('begins where it is told, and prints targets and rounds', async () => {
    const set = ['--set', 'web_request=60', '--set', 'guest_packet=4'];
    const { status, stdout, stderr } = await offloadcage(['calibrate', ...set, ...once, '--json']);
    expect(status).toBe(1);
    expect(stderr).toContain('not within 0.75 points by round 1');
    const { targets, rounds } = JSON.parse(stdout);
    expect(targets).toEqual({ ids: 60, total: 80, vm: 36 });
    expect(rounds).toHaveLength(1);
    expect(rounds[0].costs.webRequestNs).toBe(60_000);
    // Both cost the VM more than its 36%.
    expect(rounds[0].vm_pct).toBeGreaterThan(40);
    expect(rounds[0].converged).toBe(false);
  });

  test.each([
    ['web_reqest=60', 'did you mean web_request?'],
    ['web_request=0', 'got 0; allowed: 0.002 to 1000000 us'],
    ['web_request=fast', 'got "fast"; allowed: a number'],
    ['web_request', 'allowed: path=value'],
    ['web_request=50 --set web_request=60', 'allowed: each name once'],
  ])('--set %s is refused', async (text, hint) => {
    const { status, stdout, stderr } = await offloadcage([
      'calibrate',
      '--set',
      ...text.split(' '),
    ]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(hint);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
