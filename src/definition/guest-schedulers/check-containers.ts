import { allowedNames } from '../../base/nearest.js';
import { show } from '../../base/problems.js';
import type { Path } from '../../base/source.js';
import { BY_PROCESS } from '../network-inputs/network-inputs.js';
import { targetsOf } from '../programs/cgi.js';
import type { Report } from '../programs/program-definition.js';
import type { Settings } from '../settings-schema.js';

/** Contradictions among the containers of a domain, and with what is in it. */
export function checkContainers(domain: string, settings: Settings, report: Report): void {
  const { containers, network, vcpus } = settings.domains[domain]!;
  const names = Object.keys(containers);
  if (names.length > 0 && vcpus > 1) {
    report(['domains', domain, 'containers'], `${vcpus} VCPUs`, 'in a domain with one VCPU only');
  }
  const processes = namesIn(settings.processes, (one) => one.domain === domain);
  const servers = processes.filter((name) => settings.processes[name]?.program === 'webserver');
  const targets = servers.flatMap((server) => targetsOf(server, settings));
  const clients = namesIn(settings.clients, ({ target }) => targets.includes(target));
  const taken = new Map<string, string>();
  for (const [name, container] of Object.entries(containers)) {
    const path = ['domains', domain, 'containers', name];
    checkPlace(name, containers, path, report);
    const isLeaf = !names.some((one) => containers[one]?.parent === name);
    for (const [key, known] of [
      ['processes', processes],
      ['clients', clients],
    ] as const) {
      container[key].forEach((member, i) => {
        const at = [...path, key, i];
        const owner = taken.get(`${key} ${member}`);
        if (!isLeaf) report(at, show(member), 'none in a container that is the parent of others');
        else if (!known.includes(member)) report(at, show(member), allowedNames(member, known));
        else if (owner !== undefined) report(at, show(member), `one that is not in ${owner} yet`);
        taken.set(`${key} ${member}`, name);
      });
    }
    const [client] = container.clients;
    if (client !== undefined && !BY_PROCESS.includes(network.input)) {
      const allowed = `none without network.input: ${BY_PROCESS.join(' or ')}`;
      report([...path, 'clients', 0], show(client), allowed);
    }
  }
  checkShares(domain, settings, report);
}

function namesIn<Thing>(things: Readonly<Record<string, Thing>>, test: (one: Thing) => boolean) {
  return Object.entries(things).flatMap(([name, one]) => (test(one) ? [name] : []));
}

/** Its parents are there, and it is none of them. */
function checkPlace(
  name: string,
  containers: Settings['domains'][string]['containers'],
  path: Path,
  report: Report,
): void {
  const above = new Set([name]);
  for (let at = containers[name]?.parent; at !== undefined; at = containers[at]?.parent) {
    if (above.has(at)) {
      report([...path, 'parent'], show(at), 'a container that is not part of it');
      return;
    }
    above.add(at);
  }
  const { parent } = containers[name]!;
  if (parent === undefined || Object.hasOwn(containers, parent)) return;
  report([...path, 'parent'], show(parent), allowedNames(parent, Object.keys(containers)));
}

/** The shares within one parent. */
function checkShares(domain: string, { domains }: Settings, report: Report): void {
  const entries = Object.entries(domains[domain]?.containers ?? {});
  const sums = new Map<string, number>();
  for (const [name, { parent = '', share }] of entries) {
    const sum = (sums.get(parent) ?? 0) + share;
    sums.set(parent, sum);
    if (sum <= 100) continue;
    const allowed = 'at most 100 with those before it, within one parent';
    report(['domains', domain, 'containers', name, 'share'], share, allowed);
  }
}
