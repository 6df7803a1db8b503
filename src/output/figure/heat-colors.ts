import { scaleLinear } from 'd3-scale';

/**
 * From low to high: the scale viridis of matplotlib in eight steps. It grows lighter evenly, for
 * the colour-blind and in print, too.
 */
export const HEAT_COLORS = [
  '#440154',
  '#46327e',
  '#365c8d',
  '#277f8e',
  '#1fa187',
  '#4ac16d',
  '#a0da39',
  '#fde725',
] as const;

export interface TerminalColor {
  /** In the usual table of 256 colours. */
  readonly code: number;
  /** White is easier to read on it than black. */
  readonly isDark: boolean;
}

export const BLACK = 16;
export const WHITE = 231;

/** What the table of 256 colours has nearest to the scale, each lighter than the one before. */
export const TERMINAL_HEAT: readonly TerminalColor[] = [
  { code: 53, isDark: true },
  { code: 55, isDark: true },
  { code: 25, isDark: true },
  { code: 30, isDark: false },
  { code: 36, isDark: false },
  { code: 77, isDark: false },
  { code: 148, isDark: false },
  { code: 227, isDark: false },
];

const colorAt = scaleLinear<string>()
  .domain(HEAT_COLORS.map((_, i) => i / (HEAT_COLORS.length - 1)))
  .range(HEAT_COLORS);

/** The colour of a part, 0 to 1, of the range from low to high, as `#rrggbb`. */
export function heatColor(part: number): string {
  const channels = colorAt(part).match(/\d+/g) ?? [];
  return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`;
}

/** Whether white is easier to read on a colour than black, by the relative luminance of WCAG 2. */
export function isDark(color: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  // Contrasts to black and white are equal here: sqrt(1.05 * 0.05) - 0.05.
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.179;
}
