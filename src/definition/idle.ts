import { formatDuration } from '../base/duration.js';
import { nearestName } from '../base/nearest.js';
import type { Path } from '../base/source.js';
import { NO_RECORDING } from './clients/client-definition.js';
import { clientDefinitionOf, timeoutOf } from './clients/clients.js';
import { DOM0 } from './domains.js';
import { resolveMachine } from './machines/machine-schema.js';
import { limitersOf } from './programs/oc-limiter.js';
import { definitionOf } from './programs/programs.js';
import { idleUnderScheduler } from './schedulers/schedulers.js';
import type { Settings } from './settings-schema.js';
import type { CheckedVariant } from './variants.js';

/** Something in a variant that does nothing. */
export interface Idle {
  readonly path: Path;
  /** What does nothing, if it does so in all variants that have it; null: in this one is enough. */
  readonly thing: Path | null;
  readonly message: string;
  /** It does something if this much time is measured, or more. */
  readonly untilNs: number;
}

/** What does nothing in a variant. */
export function idleThings(variant: CheckedVariant, warmupNs: number): Idle[] {
  return [
    ...idleUnderScheduler(variant.settings).map(({ path, message }) => always(path, message)),
    ...domains(variant),
    ...processes(variant, warmupNs),
    ...clients(variant, warmupNs),
    ...cages(variant),
    ...members(variant.settings),
  ];
}

/** How long another variant must be measured for the same thing to do something there. */
export function settlesFor(
  { thing, path, message, untilNs }: Idle,
  { settings }: CheckedVariant,
  others: readonly Idle[],
): number {
  if (thing === null || !has(settings, thing)) return untilNs;
  const name = path.join('.');
  const same = others.find((one) => one.path.join('.') === name && one.message === message);
  return same?.untilNs ?? 0;
}

function has(settings: Settings, [section, name]: Path): boolean {
  const things: unknown = Object.entries(settings).find(([key]) => key === section)?.[1];
  return typeof things === 'object' && things !== null && Object.hasOwn(things, name ?? '');
}

function always(path: Path, message: string): Idle {
  return { path, thing: path.slice(0, 2), message, untilNs: Infinity };
}

function domains({ settings, base }: CheckedVariant): Idle[] {
  const processes = Object.values(settings.processes);
  const used = new Set(
    processes.flatMap((one) => [
      one.domain,
      ...('watches' in one && definitionOf(one.program).readsDisk ? [one.watches] : []),
    ]),
  );
  const known = Object.keys((base.domains as object | undefined) ?? {});
  return Object.keys(settings.domains)
    .filter((name) => name !== DOM0 && !used.has(name))
    .map((name) => {
      const nearest = known.includes(name) ? null : nearestName(name, known);
      const hint = nearest === null ? '' : `; did you mean ${nearest}?`;
      return always(['domains', name], `nothing runs in it${hint}`);
    });
}

function processes({ settings, machine }: CheckedVariant, warmupNs: number): Idle[] {
  return Object.entries(settings.processes).flatMap(([name, process]): Idle[] => {
    const path = ['processes', name];
    const idle: Idle[] = [];
    const startsAt = (of: typeof process, message: string) => {
      const untilNs = of.start - warmupNs + 1;
      if (of.start > warmupNs) idle.push({ path, thing: path, message, untilNs });
    };
    const start = formatDuration(process.start);
    startsAt(process, `it never runs: it starts at ${start}, when the run is over`);
    const definition = definitionOf(process.program);
    const reason = definition.idle?.({ name, process, settings, machine }) ?? null;
    if (reason !== null) idle.push(always(path, reason));
    const fields = definition.idleFields?.({ name, process, settings, machine }) ?? {};
    idle.push(...Object.entries(fields).map(([field, why]) => always([...path, field], why)));
    const needed = definition.needs?.(process) ?? '';
    const target = settings.processes[needed];
    if (target !== undefined) startsAt(target, `it limits nothing: ${needed} never runs`);
    return idle;
  });
}

function clients({ settings, machine, recordings }: CheckedVariant, warmupNs: number): Idle[] {
  return Object.entries(settings.clients).flatMap(([name, client]): Idle[] => {
    const path = ['clients', name];
    const timeout = timeoutOf(client);
    const definition = clientDefinitionOf(client.kind);
    const recording = recordings.get(name) ?? NO_RECORDING;
    const firstNs = definition.firstAfterNs(client, warmupNs, recording);
    const message = `it opens no connection in the time that is measured: ${definition.rare}`;
    const rare: Idle = { path, thing: path, message, untilNs: firstNs - warmupNs };
    // Connecting takes one way there and back, asking another.
    const leastNs = 4 * resolveMachine(machine).network.latencyNs;
    const allowed = `an answer takes at least ${leastNs / 1e3} us on the network alone`;
    const isHasty = timeout > 0 && timeout < leastNs;
    const hasty = always([...path, 'timeout'], `it gives every connection up: ${allowed}`);
    return isHasty ? [rare, hasty] : [rare];
  });
}

const ONE_PCPU = 'it changes nothing: the machine has one PCPU';

/** What only has to do with the processes of a cage. */
const OF_PROCESSES = ['ids_window', 'excess', 'park_below', 'counts'] as const;

function cages({ settings, machine, base, changes }: CheckedVariant): Idle[] {
  const all = Object.entries(settings.processes);
  const caged = Object.values(settings.cages).flatMap((cage) => cage.processes);
  const limited = limitedBy(settings);
  return Object.entries(settings.cages).flatMap(([name, cage]): Idle[] => {
    const path = ['cages', name];
    const isMeasure = cage.processes.some((one) => limited.includes(one));
    if (cage.vms.length === 0 && cage.enforce && !isMeasure) {
      return [always(path, 'it limits nothing: it has no VM, and processes are only measured')];
    }
    const isOne = cage.total_credit === 'all-pcpus' && machine.pcpus === 1;
    const total = isOne ? [always([...path, 'total_credit'], ONE_PCPU)] : [];
    if (cage.processes.length > 0) return total;
    const watcher = all.find(
      ([id, one]) =>
        'watches' in one &&
        cage.vms.includes(one.watches) &&
        !cage.vms.includes(one.domain) &&
        !caged.includes(id),
    )?.[0];
    const uncounted = `no IDS counts in it: ${watcher} watches its VM and is in no cage`;
    const said = [base, changes].flatMap((one) => keysAt(one, path));
    const idle = OF_PROCESSES.filter((key) => said.includes(key)).map((key) =>
      always([...path, key], 'it changes nothing: the cage has no processes'),
    );
    const useless = [...total, ...idle];
    return watcher === undefined ? useless : [always(path, uncounted), ...useless];
  });
}

function keysAt(from: Readonly<Record<string, unknown>>, path: Path): string[] {
  const at = path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, step) : undefined,
    from,
  );
  return typeof at === 'object' && at !== null ? Object.keys(at) : [];
}

/**
 * Processes that a cage lists and whose VM it has, too: all of the VM's time counts already. One
 * that an OC-Limiter limits is a member for its measure.
 */
function members(settings: Settings): Idle[] {
  const limited = limitedBy(settings);
  return Object.entries(settings.cages).flatMap(([name, cage]) =>
    cage.processes.flatMap((process, i): Idle[] => {
      const domain = settings.processes[process]?.domain ?? '';
      if (!cage.vms.includes(domain) || limited.includes(process)) return [];
      const why = `it runs in ${domain}, which counts as a whole`;
      const message = `${process} adds nothing to RC.ids: ${why}`;
      const path = ['cages', name, 'processes', i];
      return [{ path, thing: null, message, untilNs: Infinity }];
    }),
  );
}

function limitedBy(settings: Settings): string[] {
  return limitersOf(settings).map(({ target }) => target);
}
