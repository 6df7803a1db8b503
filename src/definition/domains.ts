import type { Settings } from './settings-schema.js';

/** Name of domain 0 in definitions. */
export const DOM0 = 'dom0';

/** Names of all domains, domain 0 first. */
export function domainNames({ domains }: Settings): string[] {
  return [DOM0, ...Object.keys(domains).filter((name) => name !== DOM0)];
}
