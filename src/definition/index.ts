/** The definitions' door: values in, a checked and resolved definition out. Needs no Node. */

export type { Source } from '../base/source.js';
export { YamlFile } from '../base/yaml-file.js';
export type { Recording, Recordings } from './clients/client-definition.js';
export type * from './definition.js';
export { type MachineFile, machineSchema } from './machines/machine-schema.js';
export type * from './metrics/metric-recipe.js';
export type { NamedFiles } from './named-files.js';
export { resolveDefinition, withDuration } from './resolve-definition.js';
export { withMetrics } from './with-metrics.js';
export { type AddedProcess, withProcesses } from './with-processes.js';
