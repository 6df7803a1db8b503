/**
 * The command line as tests use it. `await offloadcage([...])` runs a command in this process, from
 * the source, one after the other; a process of its own takes ten times as long.
 * `offloadcageProcess` starts the built program as a shell would: for what only a process shows,
 * which is threads, signals, limits, files below stdin and stdout, and other options of Node.
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { Console } from 'node:console';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { format } from 'node:util';
import { type Command, Config } from '@oclif/core';
import { reportError } from '../../src/cli/errors.js';
import { print } from '../../src/output/terminal/stdout.js';
import { COMMANDS, faultsOf } from '../json/schemas.js';

export const root = resolve(import.meta.dirname, '../..');

/** What starts the built command, for those who want a process of their own. */
export const bin = resolve(root, 'bin/run.js');

export interface Surroundings {
  /** Default: the root of the repository. */
  readonly cwd?: string | undefined;
  /** Besides the tests' own, without what would colour or explain. */
  readonly env?: NodeJS.ProcessEnv | undefined;
}

/** What is left of a command. */
export interface Outcome {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

// Required, as in `bin/run.js`: what is printed by one copy of it is redirected in the other.
const require = createRequire(import.meta.url);
const { run }: typeof import('@oclif/core') = require('@oclif/core/run');
const { ux }: typeof import('@oclif/core/ux') = require('@oclif/core/ux');

let program: Promise<Config> | undefined;
/** Commands share cwd, environment and streams: one after the other. */
let last: Promise<unknown> = Promise.resolve();

/** Runs the command in this process, without a terminal. */
export function offloadcage(args: readonly string[], around: Surroundings = {}): Promise<Outcome> {
  const outcome = last.then(() => runHere(args, around));
  last = outcome.catch(() => {});
  return outcome;
}

/** Runs the built command as a shell would, without a terminal. */
export function offloadcageProcess(
  args: readonly string[],
  { cwd = root, env, input = '' }: Surroundings & { readonly input?: string | undefined } = {},
): SpawnSyncReturns<string> {
  const outcome = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    env: environment(env),
    encoding: 'utf8',
    input,
    maxBuffer: 2 ** 28,
  });
  return { ...outcome, stderr: withoutStore(outcome.stderr, env) };
}

async function runHere(
  args: readonly string[],
  { cwd = root, env }: Surroundings,
): Promise<Outcome> {
  program ??= loadProgram();
  const config = await program;
  const stdout = new Capture();
  const stderr = new Capture();
  const restore = [
    replace(process, 'stdin', Readable.from([])),
    replace(process, 'stdout', stdout),
    replace(process, 'stderr', stderr),
    replace(process, 'env', environment(env)),
    // Keeps the streams that it has had first.
    replace(globalThis, 'console', new Console(stdout, stderr)),
  ];
  const { exitCode } = process;
  const before = process.cwd();
  process.chdir(cwd);
  process.exitCode = undefined;
  try {
    await run([...args], config).catch(reportError);
    if (args.includes('--json')) checkJson(args, config, stdout.text);
    const status = Number(process.exitCode ?? 0);
    return { status, stdout: stdout.text, stderr: withoutStore(stderr.text, env) };
  } finally {
    process.exitCode = exitCode;
    process.chdir(before);
    for (const one of restore) one();
  }
}

/** What is printed with `--json` is as its shipped schema says. */
function checkJson([first = '', second = '']: readonly string[], config: Config, text: string) {
  const command = [`${first}:${second}`, first].find((id) => config.findCommand(id));
  if (command === undefined || !COMMANDS.includes(command)) return;
  const faults = faultsOf(command, JSON.parse(text));
  if (faults.length > 0) throw new Error(`${command}: ${faults.slice(0, 5).join('; ')}`);
}

/** What the tests' common store was good for depends on which tests were there before. */
export function withoutStore(stderr: string, env: NodeJS.ProcessEnv = {}): string {
  if (env.OFFLOADCAGE_CACHE !== undefined) return stderr;
  return stderr.replace(/^\d+ of \d+ runs from the store\n/m, '');
}

/** The program as oclif knows it, with commands from the source. */
async function loadProgram(): Promise<Config> {
  ux.stdout = (text: unknown = '', ...more: unknown[]) =>
    print(`${format(...[text].flat(), ...more)}\n`);
  const config = await Config.load(root);
  const plugin = config.plugins.get(config.name);
  for (const command of config.commands) {
    const path = resolve(root, 'src/commands', command.id.replaceAll(':', '/'));
    const file = [`${path}.ts`, `${path}/index.ts`].find((one) => existsSync(one));
    if (file === undefined) continue;
    command.load = async () => {
      const loaded: { default: Command.Class } = await import(file);
      return Object.assign(loaded.default, { id: command.id, plugin });
    };
  }
  return config;
}

/** A pipe as `print` takes it for one, and what was written into it. */
class Capture extends Socket {
  text = '';

  override _write(chunk: Buffer | string, _: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { DEBUG: _, FORCE_COLOR: __, NO_COLOR: ___, ...env } = process.env;
  return { ...env, ...more };
}

/** @returns what puts the property back */
function replace(owner: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name) ?? {};
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  return () => Object.defineProperty(owner, name, before);
}
