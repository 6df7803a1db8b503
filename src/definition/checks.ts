import { durationIn, formatDuration, unitOf } from '../base/duration.js';
import { allowedNames } from '../base/nearest.js';
import { type Problem, show } from '../base/problems.js';
import type { Path } from '../base/source.js';
import { kernelTaskNames, MAX_CLIENTS, MAX_EXTRA_LINES, TICK_NS } from '../model/limits.js';
import type { CageSettings } from './cages/cage-schema.js';
import type { DefinitionFile } from './definition-schema.js';
import { DOM0, domainNames } from './domains.js';
import { checkGuestSchedulers } from './guest-schedulers/guest-schedulers.js';
import type { MachineFile } from './machines/machine-schema.js';
import { totalParts } from './metrics/metrics.js';
import type { Report } from './programs/program-definition.js';
import { definitionOf, type ProcessSettings } from './programs/programs.js';
import { checkHypervisor } from './schedulers/schedulers.js';
import type { Settings } from './settings-schema.js';

/** Bounds that keep a mistyped definition from filling the memory. */
const MAX_SAMPLES = 100_000;
export const MAX_TOTAL_NS = 30 * 24 * 3600e9;

/**
 * Times that do not fit together.
 * @param written the duration as the user wrote it: bounds are given in its unit
 */
export function checkTiming(
  file: Pick<DefinitionFile, 'duration' | 'warmup' | 'sample'>,
  written?: unknown,
) {
  return collect((report) => {
    const { duration, warmup, sample } = file;
    const text = (ns: number) =>
      written === undefined ? formatDuration(ns) : durationIn(unitOf(written), ns);
    const samples = duration / sample;
    if (!Number.isInteger(samples)) {
      report(['duration'], text(duration), `a whole multiple of the sample, ${text(sample)}`);
    } else if (samples > MAX_SAMPLES) {
      const got = `${text(duration)}, ${samples} samples of ${text(sample)}`;
      report(['duration'], got, `at most ${MAX_SAMPLES} samples`);
    }
    if (duration + warmup > MAX_TOTAL_NS) {
      report(['duration'], text(duration), `at most ${text(MAX_TOTAL_NS)}, warm-up included`);
    }
  });
}

/** Contradictions within one variant's settings, and with its machine. */
export function checkSettings(settings: Settings, machine: MachineFile): Problem[] {
  return collect((report) => {
    checkHypervisor(settings, report);
    checkDomains(settings, machine, report);
    checkProcesses(settings, machine, report);
    checkLines(settings, report);
    checkClients(settings, report);
    checkCages(settings, machine, report);
    checkSubject(settings, report);
  });
}

function collect(check: (report: Report) => void): Problem[] {
  const problems: Problem[] = [];
  check((path, got, allowed) =>
    problems.push({ path, got: typeof got === 'string' ? got : show(got), allowed }),
  );
  return problems;
}

function checkDomains(settings: Settings, machine: MachineFile, report: Report): void {
  for (const [name, domain] of Object.entries(settings.domains)) {
    const most = 100 * domain.vcpus;
    if (domain.cap > most) {
      const users = domain.vcpus === 1 ? 'its one VCPU' : `its ${domain.vcpus} VCPUs`;
      const allowed = `0 (no cap) to ${most}, all that ${users} can use`;
      report(['domains', name, 'cap'], domain.cap, allowed);
    }
    if (name === DOM0 && domain.network.input !== 'interrupt') {
      const allowed = `interrupt in ${DOM0}: it forwards packets, which no process receives`;
      report(['domains', name, 'network', 'input'], domain.network.input, allowed);
    }
    checkGuestSchedulers(name, settings, report);
    const { affinity = [] } = domain;
    affinity.forEach((pcpu, i) => {
      if (pcpu >= machine.pcpus || affinity.indexOf(pcpu) !== i) {
        const allowed = `each once, 0 to ${machine.pcpus - 1}; the machine has ${machine.pcpus}`;
        report(['domains', name, 'affinity', i], pcpu, allowed);
      }
    });
  }
}

function checkProcesses(settings: Settings, machine: MachineFile, report: Report): void {
  const domains = domainNames(settings);
  const kernelTasks = kernelTaskNames(readersOf(settings));
  for (const [name, process] of Object.entries(settings.processes)) {
    const path = ['processes', name];
    if (kernelTasks.includes(name)) {
      report(path, `the name ${name}`, 'a name that no kernel thread has');
    }
    if (!domains.includes(process.domain)) {
      const allowed = allowedNames(process.domain, domains);
      report([...path, 'domain'], show(process.domain), allowed);
    }
    checkVcpu(name, process, settings, report);
    definitionOf(process.program).check?.({ name, process, settings, machine }, report);
  }
}

/** A VCPU that there is, and the first for a program that uses a device. */
function checkVcpu(
  name: string,
  { domain, vcpu, program }: ProcessSettings,
  settings: Settings,
  report: Report,
): void {
  if (vcpu === 0) return;
  const path = ['processes', name, 'vcpu'];
  const { vcpus = 1 } = settings.domains[domain] ?? {};
  if (vcpu >= vcpus) {
    const all = vcpus === 1 ? '0, the only VCPU of' : `0 to ${vcpus - 1}, the VCPUs of`;
    report(path, vcpu, `${all} ${domain}`);
  } else if (definitionOf(program).anyVcpu !== true) {
    report(path, vcpu, `0, which devices interrupt (${program} uses one)`);
  }
}

/** How many processes read the disk. */
function readersOf({ processes }: Settings): number {
  return Object.values(processes).filter(({ program }) => definitionOf(program).readsDisk).length;
}

/** VMs whose packets are mirrored to another VM, each with the one that has them watched. */
function mirrorsOf({ processes }: Settings): { domain: string; watches: string }[] {
  const mirrors = Object.values(processes).flatMap((process) => {
    if (!('watches' in process) || definitionOf(process.program).listens !== true) return [];
    const { domain, watches } = process;
    return domain === DOM0 || domain === watches ? [] : [{ domain, watches }];
  });
  return mirrors.filter(
    ({ domain, watches }, i) =>
      mirrors.findIndex((one) => one.domain === domain && one.watches === watches) === i,
  );
}

/** A VCPU's interrupts: an interface for each VM that is watched from it, and exact timers. */
function checkLines(settings: Settings, report: Report): void {
  const mirrors = mirrorsOf(settings);
  for (const domain of domainNames(settings)) {
    const { vcpus = 1 } = settings.domains[domain] ?? {};
    for (let vcpu = 0; vcpu < vcpus; vcpu++) {
      const watched = vcpu === 0 ? mirrors.filter((one) => one.domain === domain).length : 0;
      const timers = Object.values(settings.processes).filter(
        (one) =>
          one.domain === domain &&
          one.vcpu === vcpu &&
          definitionOf(one.program).setsTimer?.(one) === true,
      ).length;
      if (watched + timers <= MAX_EXTRA_LINES) continue;
      const found = [
        ...(watched === 0 ? [] : [`${watched} VMs watched from it`]),
        ...(timers === 0 ? [] : [`${timers} processes with exact timers on its VCPU ${vcpu}`]),
      ];
      const allowed = `at most ${MAX_EXTRA_LINES}${found.length > 1 ? ' together' : ''}`;
      report(['domains', domain], found.join(' and '), allowed);
    }
  }
}

function checkClients(settings: Settings, report: Report): void {
  const servers = Object.entries(settings.processes)
    .filter(([, { program }]) => program === 'webserver' || program === 'cgi')
    .map(([name]) => name);
  const clients = Object.entries(settings.clients);
  const mirrored = mirrorsOf(settings).flatMap(({ watches }) =>
    clients.filter(([, { target }]) => settings.processes[target]?.domain === watches),
  );
  if (clients.length + mirrored.length > MAX_CLIENTS) {
    const copies = mirrored.length === 0 ? '' : `, and ${mirrored.length} whose packets are copied`;
    report(['clients'], `${clients.length} clients${copies}`, `at most ${MAX_CLIENTS}`);
  }
  for (const [name, { target }] of clients) {
    if (!servers.includes(target)) {
      const allowed = `a web server or CGI process: ${allowedNames(target, servers)}`;
      report(['clients', name, 'target'], show(target), allowed);
    }
  }
}

function checkCages(settings: Settings, machine: MachineFile, report: Report): void {
  const claimed = new Map<string, string>();
  const all = machine.pcpus * 100;
  for (const [name, cage] of Object.entries(settings.cages)) {
    if (cage.cap > all) {
      report(['cages', name, 'cap'], cage.cap, `0 (no cap) to ${all}, all that the machine has`);
    }
    const window = cage.ids_window;
    if (window.kind === 'sliding' && window.window < TICK_NS) {
      const got = formatDuration(window.window);
      report(
        ['cages', name, 'ids_window', 'window'],
        got,
        `at least one tick, ${formatDuration(TICK_NS)}`,
      );
    }
    if (cage.vms.length + cage.processes.length === 0) {
      report(['cages', name], 'no members', 'at least one VM or process');
    }
    checkMembers(settings, name, cage, claimed, report);
    if (cage.enforce && cage.cap === 0 && cage.weight === 0) {
      report(['cages', name], 'no cap and no weight', 'one of them above 0, or enforce: false');
    }
  }
}

function checkMembers(
  settings: Settings,
  name: string,
  cage: CageSettings,
  claimed: Map<string, string>,
  report: Report,
): void {
  const domains = domainNames(settings);
  const processes = Object.keys(settings.processes);
  const claim = (kind: string, member: string, path: Path) => {
    const owner = claimed.get(`${kind} ${member}`);
    if (owner !== undefined) report(path, member, `a ${kind} that is not in the cage ${owner} yet`);
    else claimed.set(`${kind} ${member}`, name);
  };
  for (const [i, vm] of cage.vms.entries()) {
    const path: Path = ['cages', name, 'vms', i];
    if (domains.includes(vm)) claim('VM', vm, path);
    else report(path, show(vm), allowedNames(vm, domains));
    const cap = settings.domains[vm]?.cap ?? 0;
    if (cage.enforce && cap > 0) {
      report(['domains', vm, 'cap'], cap, `no cap of its own, as the cage ${name} sets it`);
    }
  }
  for (const [i, process] of cage.processes.entries()) {
    const path: Path = ['cages', name, 'processes', i];
    if (processes.includes(process)) claim('process', process, path);
    else report(path, show(process), allowedNames(process, processes));
    const domain = settings.processes[process]?.domain ?? '';
    const owner = Object.keys(settings.cages).find(
      (other) => other !== name && settings.cages[other]?.vms.includes(domain),
    );
    if (owner !== undefined) {
      report(path, process, `a process outside ${domain}, which is in the cage ${owner}`);
    }
  }
}

function checkSubject(settings: Settings, report: Report): void {
  const { subject } = settings;
  if (subject === undefined) return;
  const vms = domainNames(settings).filter((name) => name !== DOM0);
  if (!vms.includes(subject.vm)) {
    report(['subject', 'vm'], show(subject.vm), allowedNames(subject.vm, vms));
  }
  const { ids, total } = subject;
  const names = Object.entries(settings.processes)
    .filter(([, one]) => 'watches' in one)
    .map(([name]) => name);
  if (ids !== undefined && !names.includes(ids)) {
    report(['subject', 'ids'], show(ids), `an IDS process: ${allowedNames(ids, names)}`);
  }
  const parts = totalParts(ids !== undefined, readersOf(settings) > 0);
  total?.forEach((metric, i) => {
    if (!parts.includes(metric)) {
      report(['subject', 'total', i], show(metric), allowedNames(metric, parts));
    } else if (total.indexOf(metric) !== i) {
      report(['subject', 'total', i], show(metric), 'each metric once');
    }
  });
  const inside = ids !== undefined && settings.processes[ids]?.domain === subject.vm;
  if (inside && total?.includes('vm_cpu_pct') && total.some((one) => one.startsWith('ids_'))) {
    report(['subject', 'total'], 'the IDS besides its VM', 'the VM alone: the IDS runs inside it');
  }
}
