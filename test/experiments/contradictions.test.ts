import { describe, expect, test } from 'vitest';
import { loadDefinition } from '../../src/files/load-definition.js';
import { definitionFile, exactTimers, SMALL } from './definition-files.js';
import { messageFor, messagesFor } from './messages.js';

const CAGED = `${SMALL}  ids: { program: snort, domain: dom0, watches: vm1 }
  web: { program: webserver, domain: vm1 }
clients:
  c: { target: web, rate: 10 }
cages:
  a: { vms: [vm1], processes: [ids], cap: 50 }
subject: { vm: vm1, ids: ids }
figures:
  - id: f
    number: 1
    title: F
    lines: [{ metric: vm_cpu_pct, label: VM }]
    limit: { cage: a }
variants:
  one: { title: One }
`;

const CONTRADICTIONS: readonly [string, string, string, string][] = [
  [
    'half a percent',
    'vm1: {}',
    'vm1: { cap: 0.5 }',
    'domains.vm1.cap: got 0.5; allowed: a whole number of percent, as Xen has no others',
  ],
  ["half a percent of a cage's", 'cap: 50', 'cap: 50.5', 'cages.a.cap: got 50.5; allowed: a whole'],
  [
    'a window of less than a period',
    'cap: 50 }',
    'cap: 50, ids_window: { kind: sliding, window: 1ms } }',
    'cages.a.ids_window.window: got 1ms; allowed: at least one tick, 10ms',
  ],
  [
    'a cage with nothing to enforce',
    'processes: [ids], cap: 50 }',
    'processes: [ids] }',
    'cages.a: got no cap and no weight; allowed: one of them above 0, or enforce: false',
  ],
  [
    'more exact timers than interrupts',
    'clients:',
    `${exactTimers(28)}clients:`,
    'domains.dom0: got 28 processes with exact timers on its VCPU 0; allowed: at most 27',
  ],
  [
    'a limiter of nothing',
    'clients:',
    '  l: { program: oc-limiter, domain: dom0, limit: 30, target: idss }\nclients:',
    'processes.l.target: got "idss"; allowed: a process in dom0: ids; did you mean ids?',
  ],
  [
    'a limiter of a process in another domain',
    'clients:',
    '  l: { program: oc-limiter, domain: dom0, limit: 30, target: web }\nclients:',
    'processes.l.target: got "web"; allowed: a process in dom0: ids',
  ],
  [
    'a limit of nothing',
    'clients:',
    '  l: { program: oc-limiter, domain: dom0, limit: 0, target: ids }\nclients:',
    'processes.l.limit: got 0; allowed:',
  ],
  [
    'an unknown law',
    'clients:',
    '  l: { program: oc-limiter, domain: dom0, limit: 30, target: ids, law: x }\nclients:',
    'allowed: paper, paper-rate, cpulimit',
  ],
  [
    'two limiters of a process',
    'clients:',
    '  l: { program: oc-limiter, domain: dom0, limit: 30, target: ids }\n' +
      '  m: { program: oc-limiter, domain: dom0, limit: 20, target: ids }\nclients:',
    'processes.l.target: got "ids"; allowed: a process that m does not limit, too',
  ],
  [
    'a quantity that the machine does not have',
    'clients:',
    'machine_values: { snort_packets: 5 }\nclients:',
    'machine_values.snort_packets: got an unknown key; allowed: pcpus, scheduler_pass, ',
  ],
  [
    'a value that the machine cannot have',
    'clients:',
    'machine_values: { bridge_share: 100 }\nclients:',
    'machine_values.bridge_share: got 100; allowed: 1 to 99 %',
  ],
  [
    'more PCPUs than Xen knows',
    'clients:',
    'machine_values: { pcpus: 33 }\nclients:',
    'machine_values.pcpus: got 33; allowed: at most 32',
  ],
  [
    'more connections than packets can tell apart',
    'rate: 10 }',
    'rate: 10, max_open: 5000 }',
    'clients.c.max_open: got 5000; allowed: at most 4096, as many as a packet of the model can',
  ],
  [
    'a way to debit',
    'clients:',
    'debit: never\nclients:',
    'debit: got "never"; allowed: sampled, exact',
  ],
  [
    'a CGI process of no web server',
    'clients:',
    '  p: { program: cgi, domain: vm1, server: ids, work: 1ms }\nclients:',
    'processes.p.server: got "ids"; allowed: a web server in vm1: ',
  ],
  [
    'shares of more than the whole',
    'vm1: {}',
    'vm1: { containers: { x: { share: 60 }, y: { share: 50 } } }',
    'domains.vm1.containers.y.share: got 50; allowed: at most 100 with those before it',
  ],
  [
    'a container that is its own parent',
    'vm1: {}',
    'vm1: { containers: { x: { share: 1, parent: y }, y: { share: 1, parent: x } } }',
    'domains.vm1.containers.x.parent: got "x"; allowed: a container that is not part of it',
  ],
  [
    'a container of no parent',
    'vm1: {}',
    'vm1: { containers: { x: { share: 1, parent: z } } }',
    'domains.vm1.containers.x.parent: got "z"; allowed: x',
  ],
  [
    'a process in two containers',
    'vm1: {}',
    'vm1: { containers: { x: { share: 1, processes: [web] }, y: { share: 1, processes: [web] } } }',
    'domains.vm1.containers.y.processes.0: got "web"; allowed: one that is not in x yet',
  ],
  [
    'a process of another domain in a container',
    'vm1: {}',
    'vm1: { containers: { x: { share: 1, processes: [ids] } } }',
    'domains.vm1.containers.x.processes.0: got "ids"; allowed: one, web',
  ],
  [
    'a process in a container with children',
    'vm1: {}',
    'vm1: { containers: { x: { share: 1, processes: [web] }, y: { share: 1, parent: x } } }',
    'domains.vm1.containers.x.processes.0: got "web"; allowed: none in a container that is the',
  ],
  [
    'sockets of a container in a kernel without LRP',
    'vm1: {}',
    'vm1: { containers: { x: { share: 1, clients: [c] } } }',
    'domains.vm1.containers.x.clients.0: got "c"; allowed: none without network.input: lrp',
  ],
  [
    'a kind of network input',
    'vm1: {}',
    'vm1: { network: { input: polling } }',
    'domains.vm1.network.input: got "polling"; allowed: interrupt, lrp',
  ],
  [
    'LRP where packets are forwarded',
    'vm1: {}',
    'vm1: {}\n  dom0: { network: { input: lrp } }',
    'domains.dom0.network.input: got lrp; allowed: interrupt in dom0: it forwards packets',
  ],
  [
    'a kind of window',
    'cap: 50 }',
    'cap: 50, ids_window: { kind: x } }',
    'allowed: period, sliding, ema',
  ],
  [
    'a process in two cages',
    'cap: 50 }',
    'cap: 50 }\n  b: { processes: [ids] }',
    'not in the cage a',
  ],
  ['a VM in two cages', 'cap: 50 }', 'cap: 50 }\n  b: { vms: [vm1] }', 'not in the cage a yet'],
  [
    'a process in a VM of another cage',
    'cap: 50 }',
    'cap: 50 }\n  b: { processes: [web] }',
    'a process outside vm1, which is in the cage a',
  ],
  ['an empty cage', 'vms: [vm1], processes: [ids], cap: 50', 'cap: 50', 'cages.a: got no members'],
  [
    'a cage above the machine',
    'cap: 50 }',
    'cap: 150 }',
    'cages.a.cap: got 150; allowed: 0 (no cap)',
  ],
  ['a VM that is not there', 'vms: [vm1]', 'vms: [vm9]', 'cages.a.vms.0: got "vm9"; allowed: dom0'],
  ['a process that is not there', '[ids]', '[idz]', 'got "idz"; allowed: one, two, ids, web; did'],
  ["a caged VM's own cap", 'vm1: {}', 'vm1: { cap: 5 }', 'domains.vm1.cap: got 5; allowed: no cap'],
  [
    'an unknown target',
    'target: web',
    'target: wbe',
    'clients.c.target: got "wbe"; allowed: a web',
  ],
  ['a target that is no server', 'target: web', 'target: one', 'got "one"; allowed: a web server'],
  [
    'a web server in domain 0',
    'webserver, domain: vm1',
    'webserver, domain: dom0',
    'processes.web.domain: got dom0; allowed: a domain other than dom0: requests come through a',
  ],
  [
    'a sniffer on domain 0',
    'watches: vm1',
    'watches: dom0',
    'ids.watches: got "dom0"; allowed: vm1',
  ],
  [
    'a subject',
    'subject: { vm: vm1',
    'subject: { vm: dom0',
    'subject.vm: got "dom0"; allowed: vm1',
  ],
  [
    'a subject IDS',
    'ids: ids }',
    'ids: web }',
    'subject.ids: got "web"; allowed: an IDS process: ids',
  ],
  [
    'a total',
    'ids: ids }',
    'ids: ids, total: [x] }',
    'subject.total.0: got "x"; allowed: vm_cpu_pct',
  ],
  [
    'an unknown metric',
    'vm_cpu_pct',
    'vm_cpu',
    'figures.0.lines.0.metric: got "vm_cpu"; allowed: ',
  ],
  ['its hint', 'vm_cpu_pct', 'vm_cpu_pc', 'did you mean vm_cpu_pct?'],
  ['an unknown variant', '{ metric:', '{ variant: two, metric:', 'got "two"; allowed: one'],
  [
    'a limit that is not there',
    'cage: a',
    'cage: b',
    'limit.cage: got "b"; allowed: a cage with a',
  ],
  [
    'a limit of nothing',
    'cage: a',
    'domain: vm1',
    'limit.domain: got "vm1"; allowed: a domain with',
  ],
  ['a limit of two', 'cage: a', 'cage: a, domain: vm1', 'allowed: one of cage: NAME'],
  [
    'a result file',
    'one: { title: One }',
    'summary: { title: One }',
    'variants.summary: got "summary"; allowed: a name other',
  ],
  ['a variant without title', '{ title: One }', '{}', 'variants.one.title: got nothing; allowed: '],
  [
    'a wrong change in a variant',
    '{ title: One }',
    '{ title: One, domains: { vm1: { cap: "x" } } }',
    'my.yaml:25:45: variants.one.domains.vm1.cap: got "x"; allowed: a whole number of percent',
  ],
  [
    'a contradiction that a variant makes',
    '{ title: One }',
    '{ title: One, processes: { ids: { watches: vm9 } } }',
    'variants.one.processes.ids.watches: got "vm9"; allowed: vm1, vm2',
  ],
  [
    'what a variant takes away',
    '{ title: One }',
    '{ title: One, processes: { web: null } }',
    'clients.',
  ],
  [
    'a duration in a variant',
    '{ title: One }',
    '{ title: One, duration: 5s }',
    'got an unknown key',
  ],
];

describe('a contradiction is told in one line', () => {
  test('the definition that they are made from is valid', () => {
    const definition = loadDefinition(definitionFile(CAGED));
    expect(definition.figures[0]?.limit).toEqual({ value: 50, label: 'Limit of the cage' });
    expect(definition.figures[0]?.lines[0]?.variant).toBe('one');
  });

  test("values of the machine are changed in its units, and said to be the experiment's", () => {
    const text = CAGED.replace(
      'clients:',
      'machine_values: { snort_packet: 5, jitter: 0 }\nclients:',
    );
    const [variant] = loadDefinition(definitionFile(text)).variants;
    const [own] = loadDefinition(definitionFile(CAGED)).variants;
    expect(variant?.input.costs.snortPacketNs).toBe(5_000);
    expect(variant?.input.network.jitterNs).toBe(0);
    expect(variant?.machine.costs.snort_packet).toMatchObject({ value: 5, origin: 'assumed' });
    expect(variant?.machine.costs.snort_packet.source).toContain(
      `the machine has ${own?.machine.costs.snort_packet.value} us`,
    );
  });

  test('a second PCPU needs no machine of its own', () => {
    const text = CAGED.replace('vm1: {}', 'vm1: { affinity: [1] }')
      .replace('cap: 50', 'cap: 150')
      .replace('clients:', 'machine_values: { pcpus: 2 }\nclients:');
    const [variant] = loadDefinition(definitionFile(text)).variants;
    expect(variant?.input.pcpus).toBe(2);
    expect(variant?.input.domains.map(({ affinity }) => affinity)).toEqual([[0, 1], [1], [0, 1]]);
  });

  test('an IDS in a VM of its own, and more clients than copies of their packets find room', () => {
    const outside = CAGED.replace('domain: dom0, watches', 'domain: vm2, watches');
    const [variant] = loadDefinition(definitionFile(outside)).variants;
    expect(variant?.input.processes).toContainEqual(
      expect.objectContaining({ program: 'snort', domain: 'vm2', watches: 'vm1' }),
    );
    const clients = Array.from({ length: 33 }, (_, i) => `  c${i}: { target: web, rate: 1 }\n`);
    const text = (from: string) =>
      from.replace('  c: { target: web, rate: 10 }\n', clients.join(''));
    expect(loadDefinition(definitionFile(text(CAGED))).variants).toHaveLength(1);
    expect(messageFor(text(outside))).toContain(
      'clients: got 33 clients, and 33 whose packets are copied; allowed: at most 64',
    );
  });

  test('a domain with several VCPUs, and what runs on the first only', () => {
    const several = (from: string) => from.replace('vm1: {}', 'vm1: { vcpus: 3, cap: 0 }');
    const bound = CAGED.replace(
      'program: loop, domain: vm1',
      'program: loop, domain: vm1, vcpu: 2',
    );
    const [variant] = loadDefinition(definitionFile(several(bound))).variants;
    expect(variant?.input.domains[1]).toMatchObject({ name: 'vm1', vcpus: 3 });
    expect(variant?.input.processes[0]).toMatchObject({ name: 'one', vcpu: 2 });
    const device = CAGED.replace('webserver, domain: vm1', 'webserver, domain: vm1, vcpu: 2');
    expect(messageFor(several(device))).toContain(
      'processes.web.vcpu: got 2; allowed: 0, which devices interrupt (webserver uses one)',
    );
    const far = bound.replace('vcpu: 2', 'vcpu: 3');
    expect(messageFor(several(far))).toContain('got 3; allowed: 0 to 2, the VCPUs of vm1');
    const limiter = bound.replace(
      'clients:',
      '  l: { program: oc-limiter, domain: vm1, limit: 30, target: one }\nclients:',
    );
    expect(messageFor(several(limiter))).toContain('processes.l.target: got "one"; allowed:');
  });

  test('a web server with a worker on each VCPU, and what needs a single one', () => {
    const workers = CAGED.replace('webserver, domain', 'webserver, workers: per-vcpu, domain');
    const several = (more: string) => workers.replace('vm1: {}', `vm1: { vcpus: 2${more} }`);
    const webIn = (text: string) => {
      const [variant] = loadDefinition(definitionFile(text)).variants;
      return variant?.input.processes.find(({ name }) => name === 'web');
    };
    expect(webIn(several(''))).toMatchObject({ workers: 'per-vcpu' });
    expect(webIn(CAGED)).not.toHaveProperty('workers');
    expect(messageFor(several(', network: { input: lrp }'))).toContain(
      'processes.web.workers: got per-vcpu; allowed: one with network.input: lrp, where the ' +
        'process itself receives',
    );
    const limited = several('').replace(
      'clients:',
      '  l: { program: oc-limiter, domain: vm1, limit: 30, target: web }\nclients:',
    );
    expect(messageFor(limited)).toContain(
      'processes.l.target: got "web"; allowed: a process on one VCPU, not one with a worker on ' +
        'each',
    );
    expect(messageFor(workers.replace('workers: per-vcpu', 'workers: 2'))).toContain(
      'processes.web.workers: got 2; allowed: one, per-vcpu',
    );
  });

  test('a limiter of a process that no cage measures', () => {
    const limited = CAGED.replace('processes: [ids]', 'processes: []').replace(
      'clients:',
      '  l: { program: oc-limiter, domain: dom0, limit: 30, target: ids }\nclients:',
    );
    expect(messageFor(limited)).toContain('got "ids"; allowed: a process in a cage');
  });

  test.each(CONTRADICTIONS)('%s', (_, from, to, expected) => {
    expect(CAGED).toContain(from);
    expect(messagesFor(CAGED.replace(from, to)).join('\n')).toContain(expected);
  });
});
