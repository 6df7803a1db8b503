import { canonicalJson } from '../../base/canonical-json.js';
import type { Definition } from '../../definition/definition.js';
import { type SetUp, withSetUps } from '../../definition/set-up.js';
import { type Choices, type OpenPoint, POINT_NAMES, POINTS, type Point } from './points.js';
import type { Reading } from './reading.js';

/** An experiment as a reading has it: each variant with all choices, whatever it has set itself. */
export function definitionUnder(
  definition: Definition,
  { choices }: Pick<Reading, 'choices'>,
): Definition {
  return withSetUps(definition, (variant) =>
    POINT_NAMES.reduce<SetUp>(
      (setUp, name) => chosen(name).apply(setUp, choices[name].value, definition.id),
      { settings: variant.settings, machine: variant.machine },
    ),
  );
}

/** A point that a reading decides otherwise than another one, in words. */
export interface Departure {
  readonly point: Point;
  readonly question: string;
  readonly value: string;
  readonly reason: string;
  /** What the other one takes. */
  readonly instead: string;
}

/** What a reading takes at a point, for people. */
export function choiceText({ choices }: Reading, point: Point): string {
  return chosen(point).text(choices[point].value);
}

/** In what a reading differs from another. */
export function departuresFrom(reference: Reading, reading: Reading): Departure[] {
  return POINT_NAMES.flatMap((point): Departure[] => {
    const { value, reason } = reading.choices[point];
    if (canonicalJson(value) === canonicalJson(reference.choices[point].value)) return [];
    return [
      {
        point,
        question: POINTS[point].question,
        value: choiceText(reading, point),
        reason,
        instead: choiceText(reference, point),
      },
    ];
  });
}

/** The list pairs each point with its values; the compiler cannot follow that for a name. */
function chosen(point: Point): OpenPoint<Choices[Point]> {
  return POINTS[point] as unknown as OpenPoint<Choices[Point]>;
}
