import { area, line } from 'd3-shape';
import { isCrowded } from '../figure/crowding.js';
import { type AxisRange, startNote } from '../figure/scale.js';
import {
  EDGE,
  type Frame,
  fixed,
  LEGEND_ROW,
  linearScale,
  pathLines,
  svgLegend,
  type TextBlock,
  type TextPlace,
  textBlock,
  xAxisLines,
  yAxisLines,
  yLabelsWidth,
} from './svg-frame.js';
import { legendRows, lineStyle, styleClass } from './svg-parts.js';

const PLOT_HEIGHT = 300;
const PANEL_HEIGHT = 110;
const PANEL_GAP = 20;
/** Drawings this wide have two panels beside one another. */
const TWO_PANELS_WIDTH = 560;
/** Below a plot, for the labels of the x axis. */
const TICK_ROW = 28;
/** Lines nearer than this cannot be told apart: three times the width of one. */
const REACH = 6;
/** Places along the x axis at which lines are compared. */
const COMPARED = 200;
/** Pixels from point to point, on average, from which on each has a dot. */
const DOT_SPACE = 12;

/** A point of a line; `x` is the part of the axis, 0 to 1, and NaN a missing value. */
export interface PlotPoint {
  readonly x: number;
  readonly value: number;
  /** Of the band around the line. */
  readonly low: number;
  readonly high: number;
}

export interface PlotLine {
  readonly label: string;
  readonly look: number;
  /** From left to right. */
  readonly points: readonly PlotPoint[];
}

/** Lines over an axis, with all that is needed to draw them at any width. */
export interface LinePlot {
  readonly lines: readonly PlotLine[];
  readonly yAxis: AxisRange;
  readonly yLabel: string;
  readonly limit: { readonly value: number; readonly text: string } | null;
  readonly xLabel: string;
  /** Ticks that fit an axis of so many pixels. */
  readonly xTicks: (width: number) => readonly { readonly x: number; readonly text: string }[];
  /** Pixels between the ends of the x axis and the edges of the plot. */
  readonly padding: number;
  /** Whether points are marked where they have room. */
  readonly hasDots: boolean;
}

/**
 * Draws lines in one plot; if one of them could not be seen for the others, each in a panel of its
 * own with the others in grey behind it, all with the same axes.
 */
export function linePlotSvg(plot: LinePlot, top: number, width: number): TextBlock {
  const head = textBlock([{ text: `${plot.yLabel}${startNote(plot.yAxis)}`, style: 'axis' }], {
    left: EDGE,
    top: top + 6,
    width: width - 2 * EDGE,
  });
  const body = needsPanels(plot)
    ? panels(plot, head.bottom + 6, width)
    : single(plot, head.bottom + 10, width);
  return { lines: [...head.lines, ...body.lines], bottom: body.bottom };
}

function needsPanels({ lines, yAxis }: LinePlot): boolean {
  const height = linearScale(yAxis, 0, PLOT_HEIGHT);
  const heights = lines.map(({ points }) => ({
    values: valuesAlong(points, ({ value }) => height(value)),
    low: valuesAlong(points, ({ low }) => height(low)),
    high: valuesAlong(points, ({ high }) => height(high)),
  }));
  return isCrowded(heights, REACH);
}

/** A value of each point, at even distances along the axis, by straight lines between points. */
function valuesAlong(points: readonly PlotPoint[], of: (point: PlotPoint) => number): number[] {
  let next = 0;
  return Array.from({ length: COMPARED }, (_, i) => {
    const x = i / (COMPARED - 1);
    while (next < points.length && (points[next]?.x ?? 0) < x) next++;
    const [before, after] = [points[next - 1], points[next]];
    if (after?.x === x) return of(after);
    if (before === undefined || after === undefined) return Number.NaN;
    const part = (x - before.x) / (after.x - before.x);
    return of(before) * (1 - part) + of(after) * part;
  });
}

function single(plot: LinePlot, top: number, width: number): TextBlock {
  const frame = {
    left: EDGE + yLabelsWidth(plot.yAxis),
    right: width - EDGE,
    top,
    bottom: top + PLOT_HEIGHT,
  };
  const y = linearScale(plot.yAxis, frame.bottom, frame.top);
  const lines = [
    ...yAxisLines(plot.yAxis, y, frame),
    ...xAxis(plot, frame, true),
    ...plot.lines.flatMap((one) => bandLines(one, plot, frame)),
    ...limitLines(plot, frame),
    // The wide and the solid first: what they cover would be lost, the dashes on top have gaps.
    ...byWidth(plot.lines).flatMap((one) => strokeLines(one, plot, frame)),
  ];
  const entries = plot.lines.map(({ look, label }) => ({ style: lineStyle(look), text: label }));
  return withFoot(plot, lines, entries, {
    left: frame.left,
    top: frame.bottom + TICK_ROW,
    width: width - frame.left - EDGE,
  });
}

function panels(plot: LinePlot, top: number, width: number): TextBlock {
  const columns = width >= TWO_PANELS_WIDTH && plot.lines.length > 3 ? 2 : 1;
  const labelsWidth = yLabelsWidth(plot.yAxis);
  const left = EDGE + labelsWidth;
  const panelWidth = (width - left - EDGE - (columns - 1) * PANEL_GAP) / columns;
  const drawn: string[] = [];
  let bottom = top;
  for (let first = 0; first < plot.lines.length; first += columns) {
    const row = plot.lines.slice(first, first + columns);
    const heads = row.map(({ look, label }) =>
      legendRows([{ style: lineStyle(look), text: label }], panelWidth),
    );
    const plotTop = bottom + Math.max(...heads.map(({ length }) => length)) * LEGEND_ROW + 5;
    row.forEach((one, c) => {
      const at = Math.round(left + c * (panelWidth + PANEL_GAP));
      const right = Math.round(at + panelWidth);
      const frame = { left: at, right, top: plotTop, bottom: plotTop + PANEL_HEIGHT };
      const y = linearScale(plot.yAxis, frame.bottom, frame.top);
      // The last panel of a column has the labels of the x axis.
      const isLast = first + c + columns >= plot.lines.length;
      drawn.push(
        ...(heads[c] ?? []).flatMap((part, r) =>
          svgLegend(part, at, bottom + (r + 0.5) * LEGEND_ROW),
        ),
        ...yAxisLines(plot.yAxis, y, frame, c === 0),
        ...xAxis(plot, frame, isLast),
        ...bandLines(one, plot, frame),
        ...plot.lines
          .filter((other) => other !== one)
          .flatMap((other) => pathLines('class="other"', pathOf(other, plot, frame))),
        ...limitLines(plot, frame),
        ...strokeLines(one, plot, frame),
      );
    });
    bottom = plotTop + PANEL_HEIGHT + PANEL_GAP;
  }
  const others = [{ style: 'class="other"', text: 'the other lines' }];
  const place = { left, top: bottom - PANEL_GAP + TICK_ROW, width: width - left - EDGE };
  // A row that is not full has room for the legend.
  const isFull = plot.lines.length % columns === 0;
  return withFoot(
    plot,
    drawn,
    others,
    place,
    isFull
      ? undefined
      : {
          left: Math.round(left + panelWidth + PANEL_GAP),
          top: bottom - PANEL_GAP - PANEL_HEIGHT / 2,
          width: panelWidth,
        },
  );
}

/** What the x axis is, and the legend: below, or in a place of its own. */
function withFoot(
  { xLabel, limit }: LinePlot,
  lines: readonly string[],
  entries: Parameters<typeof legendRows>[0],
  place: TextPlace,
  legendPlace?: TextPlace,
): TextBlock {
  const caption = textBlock([{ text: xLabel, style: 'axis' }], place);
  const { left, top, width } = legendPlace ?? { ...place, top: caption.bottom + 14 };
  const limits = limit === null ? [] : [{ style: 'class="limit"', text: limit.text }];
  const legend = legendRows([...entries, ...limits], width);
  return {
    lines: [
      ...lines,
      ...caption.lines,
      ...legend.flatMap((row, r) => svgLegend(row, left, top + (r + 0.2) * LEGEND_ROW)),
    ],
    bottom: Math.ceil(Math.max(caption.bottom + EDGE, top + legend.length * LEGEND_ROW)),
  };
}

function byWidth(lines: readonly PlotLine[]): PlotLine[] {
  const isWide = ({ look }: PlotLine) => lineStyle(look).includes('style=');
  return [...lines.filter(isWide), ...lines.filter((one) => !isWide(one))];
}

function xAxis({ xTicks, padding }: LinePlot, frame: Frame, hasLabels: boolean): string[] {
  const x = xScale(padding, frame);
  const ticks = xTicks(frame.right - frame.left - 2 * padding);
  return xAxisLines(
    ticks.map((tick) => ({ at: x(tick.x), text: tick.text })),
    frame,
    hasLabels,
  );
}

function limitLines({ limit, yAxis }: LinePlot, frame: Frame): string[] {
  if (limit === null) return [];
  const y = linearScale(yAxis, frame.bottom, frame.top)(limit.value);
  return [`<path class="limit" d="M${frame.left},${fixed(y)}H${frame.right}"/>`];
}

function xScale(padding: number, { left, right }: Frame): (part: number) => number {
  return (part) => left + padding + part * (right - left - 2 * padding);
}

function pathOf({ points }: PlotLine, { yAxis, padding }: LinePlot, frame: Frame): string {
  const x = xScale(padding, frame);
  const y = linearScale(yAxis, frame.bottom, frame.top);
  return (
    line<PlotPoint>()
      .digits(2)
      .defined(({ value }) => Number.isFinite(value))
      .x((point) => x(point.x))
      .y(({ value }) => y(value))(points) ?? ''
  );
}

/** A line and its dots. */
function strokeLines(one: PlotLine, plot: LinePlot, frame: Frame): string[] {
  const x = xScale(plot.padding, frame);
  const y = linearScale(plot.yAxis, frame.bottom, frame.top);
  const hasDots = plot.hasDots && one.points.length * DOT_SPACE <= frame.right - frame.left;
  const known = one.points.filter(({ value }) => Number.isFinite(value));
  // A dot is a stroke without length and with round ends.
  const dots = known.map((point) => `M${fixed(x(point.x))},${fixed(y(point.value))}h0`).join('');
  return [
    ...pathLines(lineStyle(one.look), pathOf(one, plot, frame)),
    ...pathLines(`class="line ${styleClass(one.look)} dots"`, hasDots ? dots : ''),
  ];
}

/** The band around a line; a point between gaps, where a band has no width, has a whisker. */
function bandLines({ points, look }: PlotLine, plot: LinePlot, frame: Frame): string[] {
  const { yAxis, padding } = plot;
  const x = xScale(padding, frame);
  const scale = linearScale(yAxis, frame.bottom, frame.top);
  const y = (value: number) => scale(Math.max(yAxis.low, Math.min(value, yAxis.high)));
  const band = area<PlotPoint>()
    .digits(2)
    .defined(hasBand)
    .x((point) => x(point.x))
    .y0(({ low }) => y(low))
    .y1(({ high }) => y(high));
  const whiskers = points
    .filter((_, i) => hasBand(points[i]) && !hasBand(points[i - 1]) && !hasBand(points[i + 1]))
    .map((point) => `M${fixed(x(point.x))},${fixed(y(point.low))}V${fixed(y(point.high))}`)
    .join('');
  return [
    ...pathLines(`class="band ${styleClass(look)}"`, band(points) ?? ''),
    ...pathLines('class="base whisker"', whiskers),
  ];
}

function hasBand(point: PlotPoint | undefined): boolean {
  return point !== undefined && Number.isFinite(point.high - point.low);
}
