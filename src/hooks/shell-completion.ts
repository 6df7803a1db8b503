import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hook } from '@oclif/core/hooks';

/**
 * After `autocomplete` has written its scripts: those for bash and zsh know commands and their
 * flags only, so ours take their place. How they are set up stays as it is.
 */
const hook: Hook.Postrun = async ({ Command: { id }, config }) => {
  if (id !== 'autocomplete' && id !== 'autocomplete:create') return;
  const { bashCompletion, zshCompletion } = await import('../cli/completion/shell-scripts.js');
  const functions = join(config.cacheDir, 'autocomplete', 'functions');
  const scripts = [
    [join(functions, 'bash', `${config.bin}.bash`), bashCompletion(config.bin)],
    [join(functions, 'zsh', `_${config.bin}`), zshCompletion(config.bin)],
  ] as const;
  for (const [path, script] of scripts) if (existsSync(path)) await writeFile(path, script);
};

export default hook;
