import { allowedNames } from '../../base/nearest.js';
import { show } from '../../base/problems.js';
import { DOM0, domainNames } from '../domains.js';
import type { ProcessSite, Report } from './program-definition.js';

interface Watcher {
  readonly watches: string;
}

/** An IDS watches a VM: from inside, from domain 0, or from another VM. */
export function checkWatched(
  { name, process, settings }: ProcessSite<Watcher>,
  report: Report,
): void {
  const { watches } = process;
  const vms = domainNames(settings).filter((one) => one !== DOM0);
  if (vms.includes(watches)) return;
  report(['processes', name, 'watches'], show(watches), allowedNames(watches, vms));
}
