// Opens a sweep's table in LibreOffice, as CSV and as a workbook of Excel: numbers must come as
// numbers, and no text may become a formula. The formula of docs/analysis.md finds its mean. Needs
// `soffice`; without it this is skipped, by name.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** Names of files are the text that a user can bring into a table. */
const HOSTILE = ['=1+1.yaml', '+2.yaml', '-3.yaml', '@SUM(A1).yaml'];

if (spawnSync('soffice', ['--version']).error) {
  console.log('skipped: LibreOffice (no soffice)');
} else {
  const folder = mkdtempSync(join(tmpdir(), 'offloadcage-office-'));
  try {
    check(folder);
    checkFormula(folder);
    console.log('LibreOffice: ok');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function check(folder) {
  const machine = join(root, 'experiments/machines/athlon-xen33.yaml');
  const text = readFileSync(machine, 'utf8');
  HOSTILE.forEach((name, i) => {
    // Points of a sweep that are the same machine are refused.
    const own = text.replace(/(snort_packet:\s*\{?\s*value: )[\d.]+/, `$1${3 + i}`);
    writeFileSync(join(folder, name), own);
  });
  const definition = readFileSync(join(root, 'experiments/snort.yaml'), 'utf8');
  writeFileSync(join(folder, 'snort.yaml'), definition);
  for (const out of ['table.csv', 'table.xlsx']) {
    const sweep = ['sweep', './snort.yaml', '--vary', `machine=${HOSTILE}`, '--vary'];
    const values = ['warmup=0s,100ms', '--duration', '1s', '--set', 'sample=100ms', '--seeds', '1'];
    const metrics = ['--metrics', 'total_cpu_pct,ids_missed_packets_pct,throughput_rps'];
    const command = [join(root, 'bin/run.js'), ...sweep, ...values, ...metrics, '-o', out];
    run(folder, process.execPath, [...command, '--quiet']);
  }
  const [head, ...rows] = readFileSync(join(folder, 'table.csv'), 'utf8').trimEnd().split('\r\n');
  const expected = [head, ...rows].map((line) => line.split(','));
  for (const name of ['table.csv', 'table.xlsx']) {
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    run(folder, 'soffice', [profile, '--headless', '--convert-to', 'fods', name]);
    compare(name, cellsOf(readFileSync(join(folder, 'table.fods'), 'utf8')), expected);
    rmSync(join(folder, 'table.fods'));
  }
}

/** The formula that docs/analysis.md shows, beside the shipped summary. */
function checkFormula(folder) {
  const document = readFileSync(join(root, 'docs/analysis.md'), 'utf8');
  const [, formula] = /^(=SUMIFS.*)$/m.exec(document);
  const [head, first, ...rows] = readFileSync(join(root, 'results/snort/summary.csv'), 'utf8')
    .trimEnd()
    .split('\r\n');
  const [, mean] = rows.map((row) => /^offload,total_cpu_pct,%,([^,]*),/.exec(row)).find(Boolean);
  const beside = `${first},"${formula.replaceAll('"', '""')}"`;
  writeFileSync(join(folder, 'summary.csv'), [head, beside, ...rows].join('\r\n'));
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  run(folder, 'soffice', [profile, '--headless', '--convert-to', 'fods', 'summary.csv']);
  const sheet = readFileSync(join(folder, 'summary.fods'), 'utf8');
  const [, value] = /table:formula="[^"]*"[^>]*office:value="([^"]*)"/.exec(sheet) ?? [];
  if (value !== mean) throw new Error(`${formula}: got ${value}, expected ${mean}`);
}

/** Rows of the first sheet: numbers as numbers, text as text, null for an empty cell. */
function cellsOf(fods) {
  const [, sheet] = /<table:table table:name[^>]*>(.*?)<\/table:table>/s.exec(fods);
  if (/table:formula=/.test(fods)) throw new Error('a cell became a formula');
  return [...sheet.matchAll(/<table:table-row[^>]*>(.*?)<\/table:table-row>/gs)].map(([, row]) =>
    [...row.matchAll(/<table:table-cell([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs)].flatMap(
      ([, attributes, content = '']) => {
        const [, repeated = '1'] = /number-columns-repeated="(\d+)"/.exec(attributes) ?? [];
        const [, number] = /office:value="([^"]*)"/.exec(attributes) ?? [];
        const [, text] = /<text:p>(.*?)<\/text:p>/s.exec(content) ?? [];
        const isNumber = /office:value-type="float"/.test(attributes);
        const value = isNumber ? Number(number) : (text ?? null);
        return Array(Math.min(100, Number(repeated))).fill(value);
      },
    ),
  );
}

function compare(name, found, expected) {
  let numbers = 0;
  expected.forEach((cells, r) => {
    cells.forEach((text, c) => {
      const cell = found[r]?.[c] ?? null;
      // The CSV marks text that looks like a formula; the workbook need not.
      const plain = decode(String(cell)).replace(/^'/, '');
      const isNumber = r > 0 && text !== '' && Number.isFinite(Number(text));
      const same = isNumber
        ? typeof cell === 'number' && Math.abs(cell - Number(text)) <= 1e-6 * (1 + Math.abs(cell))
        : text === ''
          ? cell === null
          : typeof cell === 'string' && plain === text.replace(/^'/, '');
      if (!same) throw new Error(`${name}: row ${r + 1}, ${text}: LibreOffice has ${cell}`);
      if (isNumber) numbers++;
    });
  });
  if (numbers < expected.length) throw new Error(`${name}: too few numbers to tell`);
}

function decode(text) {
  return text.replaceAll('&apos;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function run(cwd, program, args) {
  const { status, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}
