import { type FigureData, type FigureSeries, figureTitle } from '../figure/figure-data.js';
import { timeAxis, valueAxis } from '../figure/scale.js';
import { meanOfKnown } from '../words/mean.js';
import { EDGE, type SvgPlace, svgDocument, textBlock } from './svg-frame.js';
import { linePlotSvg, type PlotPoint } from './svg-line-plot.js';

/** Of the files; a page may want another. */
const WIDTH = 760;
/** Pixels of a step along a line, at least: denser ones are a thicket. */
const MIN_STEP = 4;
const MAX_STEPS = 120;
/** Pixels from tick to tick of the time axis, about. */
const TICK_DISTANCE = 50;

/**
 * A figure as an SVG document for light and dark pages: the first seed's lines and, with several
 * seeds, a band from the smallest to the largest sample of all of them. Too many samples are drawn
 * as means over several; the band then shows what they are means of.
 */
export function figureSvg(
  data: FigureData,
  { width = WIDTH, id = '', titled = true }: SvgPlace = {},
): string {
  const { figure, series, timesS } = data;
  const size = stepSize(timesS.length, data.sampleS, width);
  const samples = series.flatMap(({ runs }) => runs.flatMap((run) => [...run]));
  const limits = figure.limit === null ? [] : [figure.limit.value];
  const title = figureTitle(figure);
  const head = textBlock(
    titled
      ? [
          { text: title, style: 'title' },
          { text: seedNote(data, size), style: 'note' },
        ]
      : [],
    { left: EDGE, top: 8, width: width - 2 * EDGE },
  );
  const plot = linePlotSvg(
    {
      lines: series.map((one) => ({ ...one, points: seriesPoints(one, data, size) })),
      yAxis: valueAxis([...samples, ...limits], figure.yUnit),
      yLabel: `${figure.yLabel} (${figure.yUnit})`,
      limit:
        figure.limit === null
          ? null
          : {
              value: figure.limit.value,
              text: `${figure.limit.label} (${figure.limit.value} ${figure.yUnit})`,
            },
      xLabel: 'Time after the warm-up (s)',
      xTicks: (pixels) => {
        const { ticks, high } = timeAxis(timesS, Math.min(12, Math.floor(pixels / TICK_DISTANCE)));
        return ticks.map((tick) => ({ x: tick / high, text: String(tick) }));
      },
      padding: 0,
      hasDots: false,
    },
    head.bottom,
    width,
  );
  const description = describe(data);
  return svgDocument({ id, title, description, width, height: plot.bottom }, [
    ...head.lines,
    ...plot.lines,
  ]);
}

/** Samples to average, so that a step has room: 1, or as many as make a round time. */
function stepSize(samples: number, sampleS: number, width: number): number {
  const most = Math.min(MAX_STEPS, Math.floor(width / MIN_STEP));
  const least = Math.ceil(samples / most);
  if (least <= 1) return 1;
  const isRound = (size: number) => /^[125]e/.test(roundTime(size * sampleS).toExponential());
  for (let size = least; size < 3 * least; size++) if (isRound(size)) return size;
  return least;
}

function roundTime(seconds: number): number {
  return Number(seconds.toPrecision(6));
}

function seriesPoints(
  { runs }: FigureSeries,
  { timesS, sampleS }: FigureData,
  size: number,
): PlotPoint[] {
  const end = timesS.at(-1) ?? 1;
  const count = Math.ceil(timesS.length / size);
  const steps = Array.from({ length: count }, (_, step) => {
    const [from, to] = [step * size, Math.min((step + 1) * size, timesS.length)];
    const values = runs.flatMap((run) => [...run.subarray(from, to)].filter(Number.isFinite));
    const [startS, endS] = [(timesS[from] ?? 0) - sampleS, timesS[to - 1] ?? 0];
    const hasBand = values.length > 0 && (runs.length > 1 || size > 1);
    return {
      startS,
      endS,
      isKnown: values.length > 0,
      value: meanOfKnown(runs[0]?.subarray(from, to) ?? []),
      low: hasBand ? Math.min(...values) : Number.NaN,
      high: hasBand ? Math.max(...values) : Number.NaN,
    };
  });
  return steps.flatMap(({ startS, endS, isKnown: _, ...values }, i) => {
    const alone = !steps[i - 1]?.isKnown && !steps[i + 1]?.isKnown;
    // A sample is a mean over its time: it stands in the middle of it. One without a neighbour
    // that a line could lead to is drawn as long as it lasts.
    const times = alone ? [startS, endS] : [(startS + endS) / 2];
    return times.map((timeS) => ({ x: timeS / end, ...values }));
  });
}

/** Which runs a figure shows, and what its lines and bands are, drawn `width` wide. */
export function figureNote(data: FigureData, width = WIDTH): string {
  return seedNote(data, stepSize(data.timesS.length, data.sampleS, width));
}

function seedNote({ seeds, sampleS }: FigureData, size: number): string {
  const first = `Seed ${seeds[0] ?? '-'}`;
  const step = size === 1 ? '' : `, means over ${roundTime(size * sampleS)} s`;
  const ofAll = seeds.length < 2 ? '' : ` of ${seeds.length} seeds`;
  const bands = `; bands: from the smallest to the largest sample${ofAll}`;
  return `${first}${step}${seeds.length > 1 || size > 1 ? bands : ''}`;
}

/** The figure in words, for those who cannot see it. */
function describe({ figure, series, timesS }: FigureData): string {
  const lines = series.map(({ label, runs }) => {
    const known = [...(runs[0] ?? [])].filter(Number.isFinite);
    if (known.length === 0) return `${label}: no values`;
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    return `${label}: ${mean.toFixed(1)} ${figure.yUnit} on average`;
  });
  const { limit } = figure;
  const limits = limit === null ? [] : [`${limit.label}: ${limit.value} ${figure.yUnit}`];
  const what = `${figure.yLabel} over ${timesS.at(-1) ?? 0} seconds`;
  return `${what}. ${[...lines, ...limits].join('; ')}.`;
}
