/** What is put together from an input. */
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/model/index.js';
import {
  cage,
  cgi,
  domain,
  files,
  httperf,
  loop,
  machineInput,
  tripwire,
  webServer,
} from '../machine-input.js';
import { total } from '../readings.js';

it('a cage counts each member once, though a process of it runs in a VM of it', () => {
  const result = simulate(
    machineInput({
      domains: ['dom0', 'vm1', 'vm2'].map((name) => domain(name)),
      processes: [loop('ids', 'dom0'), loop('inside', 'vm1'), loop('stranger', 'vm2')],
      cages: [cage({ vms: ['vm1'], processes: ['ids', 'inside'], enforce: false })],
    }),
    1,
  );
  const used = total(result, 'domain:vm1:cpu') + total(result, 'process:ids:cr3');
  expect(total(result, 'cage:cage:used')).toBe(used);
  expect(used).toBeLessThan(0.8e10);
});

it('a machine whose files nobody reads needs no disk', () => {
  const keys = (processes: Parameters<typeof machineInput>[0]) =>
    simulate(machineInput(processes), 1).series.map(({ key }) => key);
  expect(keys({ disk: null })).not.toContain('disk:busy');
  expect(keys({})).not.toContain('disk:busy');
  const processes = [tripwire('vm1', files(1, 1000))];
  expect(keys({ processes })).toContain('disk:busy');
  expect(() => keys({ processes, disk: null })).toThrow('on a machine without a disk');
});

describe('what cannot be put together is named', () => {
  const server = webServer('vm1');
  it.each([
    ['a client of nothing', [server], 'nobody', 'nobody is not a web server'],
    ['a client of a loop', [server, loop('loop', 'vm1')], 'loop', 'loop is not a web server'],
    ['a process without a domain', [server, loop('loop', 'vm9')], 'httpd', 'no domain vm9'],
    ['a CGI process of nothing', [cgi(1e6)], 'cgi', 'httpd is not a web server'],
  ])('%s', (_, processes, target, message) => {
    const input = machineInput({ processes, clients: [httperf(1, { target })] });
    expect(() => simulate(input, 1)).toThrow(message);
  });

  it('a limiter of a process that is not there', () => {
    const limiter = {
      program: 'oc-limiter',
      name: 'limiter',
      domain: 'dom0',
      nice: 0,
      startNs: 0,
      target: 'nobody',
      limitPct: 30,
      law: 'cpulimit',
      slotNs: 1e8,
    } as const;
    const limited = (processes: string[]) =>
      simulate(machineInput({ processes: [limiter], cages: [cage({ processes })] }), 1);
    expect(() => limited(['nobody'])).toThrow('no process nobody');
    expect(() => limited([])).toThrow('its target nobody is in no cage');
  });
});
