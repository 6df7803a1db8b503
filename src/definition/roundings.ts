import { formatDuration } from '../base/duration.js';
import type { Path } from '../base/source.js';
import { CREDITS_PER_PERIOD, jiffyNsOf, TICK_NS } from '../model/limits.js';
import { timeoutOf } from './clients/clients.js';
import type { Idle } from './idle.js';
import { definitionOf } from './programs/programs.js';
import type { CheckedVariant } from './variants.js';

/** What a variant says more finely than the machine can tell, and what it is taken as. */
export function roundings({ settings, machine }: CheckedVariant): Idle[] {
  const said = (path: Path, message: string): Idle => ({
    path,
    thing: null,
    message,
    untilNs: Infinity,
  });
  const taken = (path: Path, ns: number, asNs: number, why: string) =>
    ns === asNs
      ? []
      : [said(path, `${formatDuration(ns)} is taken as ${formatDuration(asNs)}: ${why}`)];
  const cages = Object.entries(settings.cages).flatMap(([name, { ids_window: window }]) => {
    if (window.kind !== 'sliding') return [];
    const ticks = Math.max(1, Math.round(window.window / TICK_NS));
    const why = `it counts whole ticks of ${formatDuration(TICK_NS)}`;
    return taken(['cages', name, 'ids_window', 'window'], window.window, ticks * TICK_NS, why);
  });
  const processes = Object.entries(settings.processes).flatMap(([name, process]) => {
    const jiffyNs = jiffyNsOf(settings.domains[process.domain]?.hz);
    const why = `sleeps end with a jiffy of ${formatDuration(jiffyNs)}`;
    const sleeps = (field: string, ns: number) =>
      taken(['processes', name, field], ns, Math.ceil(ns / jiffyNs) * jiffyNs, why);
    const fields = definitionOf(process.program).sleeps?.(process) ?? {};
    return Object.entries(fields).flatMap(([field, ns]) => sleeps(field, ns));
  });
  const clients = Object.entries(settings.clients).flatMap(([name, client]) => {
    const why = 'it looks once a tick';
    const timeout = timeoutOf(client);
    const { tick } = client;
    const asNs = timeout > 0 && timeout < tick ? tick : timeout;
    return taken(['clients', name, 'timeout'], timeout, asNs, why);
  });
  const domains = Object.entries(settings.domains);
  const weights = domains.reduce((sum, [, { weight }]) => sum + weight, 0);
  const credits = CREDITS_PER_PERIOD * machine.pcpus;
  // Fractions of a credit are kept where VMs divide what their cage has.
  const dividing = Object.values(settings.cages).flatMap(({ enforce, vms }) =>
    enforce && vms.length > 1 ? vms : [],
  );
  const isCredit = settings.hypervisor.scheduler === 'credit';
  const shares = domains.flatMap(([name, { weight }]) => {
    if (!isCredit || (weight / weights) * credits >= 1 || dividing.includes(name)) return [];
    const share = `its share of ${percent(weight / weights)}`;
    const least = `one credit of ${credits}, ${percent(1 / credits)}`;
    return [said(['domains', name, 'weight'], `${share} is taken as ${least}`)];
  });
  return [...cages, ...processes, ...clients, ...shares];
}

function percent(part: number): string {
  return `${Number((part * 100).toPrecision(2))}%`;
}
