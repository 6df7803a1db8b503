import { describe, expect, test } from 'vitest';
import { offloadcage } from './offloadcage.js';

describe('calibrate', () => {
  test('begins where it is told, and prints targets and rounds', () => {
    const set = ['--set', 'web_request=60', '--set', 'guest_packet=4'];
    const once = ['--seeds', '1', '--rounds', '1', '--jobs', '1'];
    const { status, stdout } = offloadcage(['calibrate', ...set, ...once, '--json']);
    expect(status).toBe(0);
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
    ['web_request=0', 'got 0; allowed: 2 to'],
    ['web_request=fast', 'got "fast"; allowed: a number'],
    ['web_request', 'allowed: path=value'],
  ])('--set %s is refused', (text, hint) => {
    const { status, stdout, stderr } = offloadcage(['calibrate', '--set', text]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(hint);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
