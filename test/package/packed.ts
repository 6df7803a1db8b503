/** The packed tarball, unpacked elsewhere with only its declared dependencies beside it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../commands/offloadcage.js';

const { dependencies, optionalDependencies, version } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

export { version };

export interface Packed {
  /** An empty folder of a project that has installed the package. */
  readonly project: string;
  /** The package in its `node_modules`. */
  readonly installed: string;
  readonly tarball: string;
  readonly remove: () => void;
}

/** Packs what was built: without scripts, as `npm test` has just done that. */
export function pack(): Packed {
  const place = mkdtempSync(join(tmpdir(), 'offloadcage-pack-'));
  const installed = join(place, 'node_modules/offloadcage');
  const project = join(place, 'project');
  mkdirSync(project);
  mkdirSync(installed, { recursive: true });
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', place];
  execFileSync('npm', args, { cwd: root });
  const tarball = join(place, `offloadcage-${version}.tgz`);
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1']);
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const link = join(place, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), link, 'dir');
  }
  const remove = () => rmSync(place, { recursive: true, force: true });
  return { project, installed, tarball, remove };
}
