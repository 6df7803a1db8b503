import type {
  CageInput,
  ClientInput,
  DomainInput,
  IdsWindowInput,
  ModelInput,
  ProcessInput,
} from '../model/input.js';
import { XEN_HZ } from '../model/limits.js';
import type { CageSettings } from './cages/cage-schema.js';
import { NO_RECORDING, type Recording, type Recordings } from './clients/client-definition.js';
import { type ClientSettings, clientDefinitionOf, timeoutOf } from './clients/clients.js';
import type { Subject } from './definition.js';
import { DOM0, domainNames } from './domains.js';
import { isCfs, resolveGuestScheduler } from './guest-schedulers/guest-schedulers.js';
import { type MachineFile, resolveMachine } from './machines/machine-schema.js';
import { resolveNetworkInput } from './network-inputs/network-inputs.js';
import { definitionOf, type ProcessSettings } from './programs/programs.js';
import { resolveHypervisor } from './schedulers/schedulers.js';
import { type Settings, settingsSchema } from './settings-schema.js';

/** Times of an experiment that all its variants share. */
export interface Timing {
  readonly durationNs: number;
  readonly warmupNs: number;
  readonly sampleNs: number;
}

/**
 * The model's input for checked settings on a machine.
 * @param recordings times in ns of the clients that have some
 */
export function resolveInput(
  settings: Settings,
  machine: MachineFile,
  timing: Timing,
  recordings: Recordings,
): ModelInput {
  return {
    ...timing,
    ...resolveMachine(machine),
    hypervisor: resolveHypervisor(settings, domainNames(settings)),
    domains: resolveDomains(settings, machine.pcpus),
    processes: Object.entries(settings.processes).map(([name, p]) => resolveProcess(name, p)),
    clients: Object.entries(settings.clients).map(([name, client]) =>
      resolveClient(name, client, recordings.get(name) ?? NO_RECORDING),
    ),
    cages: Object.entries(settings.cages).map(([name, c]) => resolveCage(name, c)),
  };
}

/** The subject with its defaults; null if the settings have none. */
export function resolveSubject(settings: Settings): Subject | null {
  if (settings.subject === undefined) return null;
  const { vm, ids = null, total } = settings.subject;
  const outside = ids !== null && settings.processes[ids]?.domain !== vm;
  const parts = outside ? ['vm_cpu_pct', 'ids_cpu_pct'] : ['vm_cpu_pct'];
  return { vm, ids, total: total ?? parts };
}

/** Domain 0 first, whether it is listed or not, then the others in their order. */
function resolveDomains(settings: Settings, pcpus: number): DomainInput[] {
  const all = Array.from({ length: pcpus }, (_, pcpu) => pcpu);
  const { [DOM0]: dom0 = defaultDomain(), ...others } = settings.domains;
  return Object.entries({ [DOM0]: dom0, ...others }).map(([name, domain]) => ({
    name,
    weight: domain.weight,
    capPct: domain.cap,
    ...(domain.vcpus === 1 ? {} : { vcpus: domain.vcpus }),
    affinity: domain.affinity ?? all,
    accounting: domain.accounting,
    scheduler: resolveGuestScheduler(name, domain),
    ...(domain.hz === XEN_HZ ? {} : { hz: domain.hz }),
    ...resolveNetworkInput(domain.network),
    procTotal: procTotalOf(domain),
  }));
}

/** Tools are as old as the kernel. */
function procTotalOf({ proc_total, accounting }: Settings['domains'][string]) {
  if (proc_total !== 'by-accounting') return proc_total;
  return isCfs(accounting) ? 'all-columns' : 'without-steal';
}

/** A domain of which nothing is said. */
export function defaultDomain(): Settings['domains'][string] {
  const { domains } = settingsSchema.parse({ domains: { [DOM0]: {} } });
  return domains[DOM0] as Settings['domains'][string];
}

function resolveProcess(name: string, process: ProcessSettings): ProcessInput {
  const { domain, vcpu, nice, start: startNs } = process;
  const base = { name, domain, ...(vcpu === 0 ? {} : { vcpu }), nice, startNs };
  return definitionOf(process.program).resolve(process, base);
}

function resolveClient(name: string, client: ClientSettings, recording: Recording): ClientInput {
  const base = {
    name,
    target: client.target,
    tickNs: client.tick,
    clockSkewPpm: client.clock_skew_ppm,
    responseNs: 'response' in client ? client.response : 0,
    maxOpen: 'max_open' in client ? client.max_open : 0,
    timeoutNs: timeoutOf(client),
  };
  return clientDefinitionOf(client.kind).resolve(client, base, recording);
}

function resolveCage(name: string, cage: CageSettings): CageInput {
  return {
    name,
    vms: cage.vms,
    processes: cage.processes,
    capPct: cage.cap,
    weight: cage.weight,
    ...(cage.total_credit === 'all-pcpus' ? { ofAllPcpus: true } : {}),
    enforce: cage.enforce,
    idsWindow: resolveWindow(cage.ids_window),
    excess: cage.excess.kind,
    excessLimitPct: cage.excess.kind === 'carry' ? cage.excess.limit : 0,
    parkBelow: cage.park_below,
    rounding: cage.rounding,
    counts: cage.counts,
  };
}

function resolveWindow(window: CageSettings['ids_window']): IdsWindowInput {
  switch (window.kind) {
    case 'sliding':
      return { kind: 'sliding', windowNs: window.window };
    default:
      return window;
  }
}
