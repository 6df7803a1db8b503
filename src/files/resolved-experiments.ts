import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import { shortHash } from '../base/hash.js';
import type { Definition } from '../definition/definition.js';
import { resolveDefinition } from '../definition/resolve-definition.js';
import { DefinitionFiles, NO_FILES } from './definition-files.js';
import { PACKAGE_ROOT } from './package-root.js';
import { readYamlFile } from './read-yaml.js';
import { experimentFile, experimentNames } from './shipped.js';

/** Where the build puts them: beside the compiled program. The source has none. */
const FOLDER = new URL('./experiments/', import.meta.url);

/** A shipped experiment as it was when the program was built. */
interface Resolved {
  /** What it was read from, below the package's folder. */
  readonly files: readonly string[];
  /** Of what was in them. */
  readonly hash: string;
  /** Its file has no folder. */
  readonly definition: Definition;
}

/** What the build writes, so that no command has to parse and check what is shipped. */
export function resolvedFiles(): { readonly name: string; readonly content: Uint8Array }[] {
  return experimentNames().map((id) => {
    const path = experimentFile(id);
    const paths = [path];
    const files = new DefinitionFiles(NO_FILES, (read) => paths.push(read));
    const definition = resolveDefinition(readYamlFile(path, basename(path)), files);
    const root = fileURLToPath(PACKAGE_ROOT);
    const names = paths.map((one) => relative(root, one).replaceAll('\\', '/'));
    const resolved: Resolved = { files: names, hash: hashOf(names), definition };
    return { name: id, content: serialize(resolved) };
  });
}

/**
 * What `loadDefinition` makes of a shipped experiment, without its work.
 * @returns undefined if the build has not resolved it, or its files have changed since
 */
export function resolvedExperiment(id: string): Definition | undefined {
  const resolved = readResolved(id);
  if (resolved === undefined || resolved.hash !== hashOf(resolved.files)) return undefined;
  const { definition } = resolved;
  const file = experimentFile(id);
  const warnings = definition.warnings.map(({ line, untilNs }) => ({
    line: line.replace(definition.file, () => file),
    untilNs,
  }));
  return { ...definition, file, warnings };
}

function readResolved(id: string): Resolved | undefined {
  try {
    return deserialize(readFileSync(new URL(id, FOLDER)));
  } catch {
    // Not there, or of a Node that writes what this one does not read.
    return undefined;
  }
}

function hashOf(files: readonly string[]): string {
  return shortHash(...files.map((file) => readFileSync(new URL(file, PACKAGE_ROOT))));
}
