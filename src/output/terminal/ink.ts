import type { PlotConfig } from 'asciichart';
import { Chalk } from 'chalk';
import { BLACK, TERMINAL_HEAT, type TerminalColor, WHITE } from '../figure/heat-colors.js';
import type { Terminal } from './terminal.js';

type Paint = (text: string) => string;

/** asciichart's ten signs: axis, axis with tick, ends, level, four corners, vertical. */
export type LineSigns = NonNullable<PlotConfig['symbols']>;

/** Everything that depends on what the terminal can show. */
export interface Ink {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly unsure: Paint;
  /** Colours of the lines of a chart, and of its limit. */
  readonly lines: readonly Paint[];
  readonly limit: Paint;
  /** Signs of the lines of a chart, told apart without colour; the colours repeat. */
  readonly lineSigns: readonly LineSigns[];
  readonly limitSign: string;
  /** Signs of the points of these lines. */
  readonly points: readonly string[];
  /** Of an interval about a point. */
  readonly whisker: string;
  readonly axis: {
    readonly vertical: string;
    readonly tickLeft: string;
    readonly corner: string;
    readonly horizontal: string;
    readonly tickBelow: string;
  };
  readonly rule: string;
  readonly bar: string;
  /** Of growing strength, the first next to nothing. */
  readonly shades: readonly string[];
  /** Backgrounds from low to high, with a colour of text that can be read on each; none without. */
  readonly heat: readonly Paint[];
  readonly plusMinus: string;
  readonly separator: string;
  readonly holds: string;
  readonly fails: string;
}

/** Colour by `style.color` alone: chalk is not asked what it thinks of the environment. */
export function createInk({ color, unicode }: Pick<Terminal, 'color' | 'unicode'>): Ink {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  // Of one argument only: chalk would join what `map` passes besides.
  const paint =
    (style: Paint): Paint =>
    (text) =>
      style(text);
  return {
    bold: paint(chalk.bold),
    dim: paint(chalk.dim),
    good: paint(chalk.green),
    bad: paint(chalk.bold.red),
    unsure: paint(chalk.yellow),
    lines: [
      chalk.cyan,
      chalk.yellow,
      chalk.magenta,
      chalk.green,
      chalk.blue,
      chalk.whiteBright,
      chalk.magentaBright,
      chalk.greenBright,
    ].map((style) => paint(style)),
    limit: paint(chalk.red),
    heat: color ? TERMINAL_HEAT.map(heatPaint) : [],
    ...(unicode ? UNICODE : ASCII),
  };
}

/** In 256 colours: sixteen have no order that one can see. */
function heatPaint({ code, isDark }: TerminalColor): Paint {
  const chalk = new Chalk({ level: 2 }).bgAnsi256(code);
  return isDark ? chalk.ansi256(WHITE) : chalk.ansi256(BLACK);
}

/** For the lines after the last look. */
const LETTERS = [...'abcdefghijklmnpqrstuvwyz'].map((letter) => lineSigns(letter.repeat(6)));

const CAPITALS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

const UNICODE = {
  lineSigns: [
    lineSigns('─╰╭╮╯│'),
    lineSigns('━┗┏┓┛┃'),
    lineSigns('═╚╔╗╝║'),
    lineSigns('••••••'),
    lineSigns('××××××'),
    lineSigns('○○○○○○'),
    lineSigns('++++++'),
    lineSigns('******'),
    ...LETTERS,
  ],
  limitSign: '┄',
  points: [...'●■▲◆○□△◇', ...CAPITALS],
  whisker: '┆',
  axis: { vertical: '│', tickLeft: '┤', corner: '└', horizontal: '─', tickBelow: '┬' },
  rule: '─',
  bar: '█',
  shades: ['·', '░', '▒', '█'],
  plusMinus: '±',
  separator: ' · ',
  holds: '✔\u00a0',
  fails: '✘\u00a0',
};

const ASCII = {
  lineSigns: [
    ...['*', 'o', '#', '+', 'x', '@', '=', '%'].map((sign) => lineSigns(sign.repeat(6))),
    ...LETTERS,
  ],
  limitSign: '- ',
  points: CAPITALS,
  whisker: ':',
  axis: { vertical: '|', tickLeft: '+', corner: '+', horizontal: '-', tickBelow: '+' },
  rule: '-',
  bar: '#',
  shades: ['.', '-', '=', '#'],
  plusMinus: '+/-',
  separator: ', ',
  holds: '',
  fails: '!!\u00a0',
};

/** From level, four corners (asciichart's order) and vertical; it draws no axis for us. */
function lineSigns(signs: string): LineSigns {
  const [level = '', rise = '', fall = '', top = '', bottom = '', vertical = ''] = signs;
  return [' ', ' ', level, level, level, rise, fall, top, bottom, vertical];
}

/** For files: no colour, every sign. */
export const PLAIN = createInk({ color: false, unicode: true });
