/** The commands of a document, run in order in a folder of their own. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { bin, type Outcome, offloadcage, root, withoutStore } from '../commands/offloadcage.js';
import { type Fence, fencesOf } from './markdown.js';
import { withPrinted } from './shown-lines.js';

/** A command in a console block, with what the block shows below it. */
export interface Example {
  readonly command: string;
  /** The lines of the command. */
  readonly head: readonly string[];
  readonly shown: readonly string[];
}

/** How a block of commands begins that only readers run; the reason follows. */
const NOT_RUN = '# not run by the tests: ';

/** Whether tests run the commands of a block. */
export const isRun = ({ language, lines }: Fence): boolean =>
  language === 'console' && lines[0]?.startsWith(NOT_RUN) === false;

/** Says what the command before has ended with; 0 if it is not asked. */
const EXIT_CODE = 'echo $?';

/** The commands of a block, each after `$ `; a `\` at the end of a line continues it. */
export function examplesOf({ lines }: Fence): Example[] {
  const found: { head: string[]; shown: string[] }[] = [];
  for (const line of lines) {
    const last = found.at(-1);
    const goesOn = last?.shown.length === 0 && last.head.at(-1)?.endsWith('\\') === true;
    if (last && goesOn) last.head.push(line);
    else if (line.startsWith('$ ')) found.push({ head: [line], shown: [] });
    else last?.shown.push(line);
  }
  return found.map(({ head, shown }) => {
    const words = head.map((line) => line.replace(/^\$ /, '').replace(/\\$/, ''));
    const command = words.join(' ').replaceAll(/\s+/g, ' ').trim();
    return { command, head, shown };
  });
}

/**
 * The document as it is if all its commands are run, each with what it prints now. Blocks of a file
 * whose lead ends with its name, "`job.yaml`:", are written to that file before.
 * @throws Error if a command ends with another exit code than the document says
 */
export async function withOutputs(text: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'offloadcage-document-'));
  try {
    // What programs import.
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules/offloadcage'), 'junction');
    const lines = text.split('\n');
    const pieces: string[] = [];
    let done = 0;
    for (const fence of fencesOf(text)) {
      const [, file] = /`([\w-]+\.\w+)`:$/.exec(fence.lead) ?? [];
      if (file !== undefined && /^(yaml|csv|js)$/.test(fence.language)) {
        writeFileSync(join(folder, file), `${fence.lines.join('\n')}\n`);
      }
      if (!isRun(fence)) continue;
      pieces.push(...lines.slice(done, fence.from), ...(await rerun(fence, folder)));
      done = fence.from + fence.lines.length;
    }
    return [...pieces, ...lines.slice(done)].join('\n');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A block's lines with what its commands print now. */
async function rerun(fence: Fence, folder: string): Promise<string[]> {
  const examples = examplesOf(fence);
  const lines: string[] = [];
  let status = 0;
  for (const [at, { command, head, shown }] of examples.entries()) {
    lines.push(...head);
    if (command === EXIT_CODE) {
      lines.push(String(status));
    } else {
      const outcome = await execute(command, folder);
      status = outcome.status;
      const isAsked = examples[at + 1]?.command === EXIT_CODE;
      if (status !== 0 && !isAsked) throw new Error(`${command}: ${status}: ${outcome.stderr}`);
      lines.push(...withPrinted(shown, linesOf(outcome.stdout + outcome.stderr)));
    }
  }
  return lines;
}

const linesOf = (output: string) => (output === '' ? [] : output.replace(/\n$/, '').split('\n'));

/** In this process if it is a command of ours and nothing else, by a shell otherwise. */
async function execute(command: string, cwd: string): Promise<Outcome> {
  const [, words] = /^(?:npx )?offloadcage (.*)$/.exec(command) ?? [];
  const quoted = words?.match(/'[^']*'|"[^"$]*"|[^\s'"]+/g) ?? [];
  const isPlain = words !== undefined && !/[|<>&;*$]/.test(words.replaceAll(/'[^']*'/g, ''));
  if (isPlain) return offloadcage(quoted.map(unquoted), { cwd });
  const { status, stdout, stderr } = spawnSync('bash', ['-c', `set -o pipefail; ${command}`], {
    cwd,
    env: { ...process.env, PATH: `${commandsIn(cwd)}${delimiter}${process.env.PATH}` },
    encoding: 'utf8',
  });
  return { status: status ?? 1, stdout, stderr: withoutStore(stderr) };
}

const unquoted = (word: string) => (/^['"]/.test(word) ? word.slice(1, -1) : word);

/** A folder with what the shell is to find as `offloadcage` and `npx offloadcage`. */
function commandsIn(cwd: string): string {
  const folder = join(cwd, '.commands');
  mkdirSync(folder, { recursive: true });
  const script = (start: string) => `#!/bin/sh\n${start}exec "${process.execPath}" "${bin}" "$@"\n`;
  writeFileSync(join(folder, 'offloadcage'), script(''), { mode: 0o755 });
  writeFileSync(join(folder, 'npx'), script('shift; '), { mode: 0o755 });
  return folder;
}
