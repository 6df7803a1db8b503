import { describe, expect, test } from 'vitest';
import { offloadcage, offloadcageProcess, root } from './offloadcage.js';

/** Short runs, and too few for a fit. */
const short = ['--set', 'duration=2s', '--set', 'warmup=1s', '--seeds', '1', '--jobs', '1'];
const once = [...short, '--rounds', '1'];

describe('calibrate', () => {
  test('tells by exit code and stderr that costs do not fit, and prints the rounds', async () => {
    const text = await offloadcage(['calibrate', '--set', 'web_request=60', ...once]);
    expect(text.stderr).toMatch(/^offloadcage: not fitted to vm_cpu_pct \d+, .* after 1 rounds/);
    const [head = '', round = '', ...others] = text.stdout.trimEnd().split('\n');
    expect(head.trim().split(/ {2,}/).slice(0, 4)).toEqual([
      'round',
      'web us',
      'dom0 us',
      'Snort us',
    ]);
    expect(round).toMatch(/^ {2}1 approach +60\.0 /);
    expect(others).toEqual([]);
    expect(text.status).toBe(1);
  });

  test('begins where it is told, with targets, costs and load as given', async () => {
    const set = ['--set', 'web_request=60', '--set', 'rate=1000'];
    const target = ['--target', 'snort_cpu_pct=20', '--target', 'no_offload_dom0_cpu_pct=11'];
    const args = ['calibrate', ...set, ...target, ...once, '--json'];
    const { status, stdout } = await offloadcage(args);
    expect(status).toBe(1);
    const [fit] = JSON.parse(stdout).fits;
    expect(fit.outcome).toBe('not settled');
    expect(fit.targets).toMatchObject({ snort_cpu_pct: 20, no_offload_dom0_cpu_pct: 11 });
    expect(fit.rounds).toHaveLength(1);
    expect(fit.rounds[0].costs_us.web_request).toBe(60);
    // A quarter of the load, and each reply is counted.
    expect(fit.rounds[0].watched.replies_rps).toBeCloseTo(1000, -2);
  });

  test('runs Tripwire for its target only', async () => {
    const target = ['--target', 'tripwire_total_cpu_pct=70'];
    const { stdout } = await offloadcage(['calibrate', ...target, ...once, '--json']);
    const { readings } = JSON.parse(stdout).fits[0].rounds[0];
    expect(Object.keys(readings)).toContain('tripwire_total_cpu_pct');
    expect(readings.tripwire_total_cpu_pct.mean).toBeGreaterThan(30);
  });

  test('puts several values side by side, in Markdown with nothing else', async () => {
    const target = ['--target', 'vm_cpu_pct=34,36'];
    const args = ['calibrate', ...target, ...once, '--claims', '--format', 'markdown'];
    const { stdout, stderr } = await offloadcage(args);
    const [head, rule, ...rows] = stdout.trimEnd().split('\n');
    expect([head, rule]).toEqual(['|  | vm_cpu_pct 34 | vm_cpu_pct 36 |', '| --- | ---: | ---: |']);
    const labels = rows.map((row) => row.split('|')[1]?.trim() ?? '');
    for (const start of ['fit', 'web_request (us)', 'S1 ', 'S6 ', 'T1 ', 'T2 ', 'replies/s, ']) {
      expect(labels.some((label) => label.startsWith(start))).toBe(true);
    }
    expect(stdout).toMatch(/S1, S3, S5 and T1, for which the paper gives numbers, hold /);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });

  test.each([
    ['--set web_reqest=60', 'did you mean web_request?'],
    ['--set web_request=0', 'got 0; allowed: 0.002 to 1000000 us'],
    ['--set web_request=fast', 'got "fast"; allowed: a number'],
    ['--set web_request', 'allowed: path=value'],
    ['--set web_request=50 --set web_request=60', 'allowed: once'],
    ['--target snort_cpu=60', 'did you mean snort_cpu_pct?'],
    ['--target snort_cpu_pct=0', 'allowed: more than 0, at most 100'],
    ['--precision 0', '--precision: got 0; allowed: a whole number, at least 1'],
  ])('%s is refused', async (text, hint) => {
    const { status, stdout, stderr } = await offloadcage(['calibrate', ...text.split(' ')]);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(hint);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('--help lists every target with its default', async () => {
    const { stdout } = offloadcageProcess(['calibrate', '--help'], { cwd: root });
    expect(stdout).toContain('snort_cpu_pct=60');
    expect(stdout).toContain('tripwire_total_cpu_pct ');
  });
});
