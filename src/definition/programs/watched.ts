import { allowedNames } from '../../base/nearest.js';
import { show } from '../../base/problems.js';
import { DOM0, domainNames } from '../domains.js';
import type { ProcessSite, Report } from './program-definition.js';

interface Watcher {
  readonly domain: string;
  readonly watches: string;
}

/** An IDS watches a VM from domain 0, or its own domain from inside. */
export function checkWatched(
  { name, process, settings }: ProcessSite<Watcher>,
  report: Report,
): void {
  const { domain, watches } = process;
  const vms = domainNames(settings).filter((one) => one !== DOM0);
  const watched = domain === DOM0 ? vms : [domain];
  if (watched.includes(watches)) return;
  const allowed = `${allowedNames(watches, watched)} (it runs in ${domain})`;
  report(['processes', name, 'watches'], show(watches), allowed);
}
