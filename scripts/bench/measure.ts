import type { Row } from "./suite.js";

/** How often to start the processes of a row, and how many samples to drop and to keep after each start. */
const efforts = {
  // As in a short script, code is compiled while it runs. Two processes of one program can differ by a tenth.
  fresh: { starts: 9, warmUps: 0, rounds: 1 },
  seldom: { starts: 2, warmUps: 1, rounds: 4 }, // a second or so
  once: { starts: 1, warmUps: 0, rounds: 1 }, // minutes, or always the same figure
  quick: { starts: 1, warmUps: 0, rounds: 1 },
} as const;

/** A contender in its process. */
export interface Running {
  sample(): Promise<number>;
  end(): Promise<void>;
}

export interface Result extends Row {
  /** The median of the contender's figures, and of those that it is compared with. */
  readonly medians: readonly number[];
  /** The quartiles of the rounds' ratios, or of the figures when there is no comparison. */
  readonly quartiles: readonly [lower: number, median: number, upper: number];
}

/**
 * Measures a row. Each side has a process of its own for each row, because a reference that serves several contenders
 * would be warmer than any of them. They take turns (A B, B A), so that neither is always the first, and a disturbance
 * of the machine affects both sides of a ratio.
 */
export async function measure(row: Row, start: (contender: string) => Promise<Running>): Promise<Result> {
  const { starts, warmUps, rounds } = efforts[row.effort];
  const names = row.beside === undefined ? [row.contender] : [row.contender, row.beside];
  const figures = names.map((): number[] => []);
  for (let started = 0; started < starts; started++) {
    const running = await Promise.all(names.map(start));
    const sides = [...running.entries()];
    for (let round = -warmUps; round < rounds; round++) {
      for (const [side, { sample }] of (started + round) % 2 === 0 ? sides : sides.toReversed()) {
        const figure = await sample();
        if (round >= 0) figures[side]?.push(figure);
      }
    }
    await Promise.all(running.map(({ end }) => end()));
  }

  const [ours = [], theirs] = figures;
  const counted = theirs ? ours.map((figure, round) => figure / (theirs[round] ?? Number.NaN)) : ours;
  return {
    ...row,
    medians: figures.map((side) => quantile(side, 0.5)),
    quartiles: [quantile(counted, 0.25), quantile(counted, 0.5), quantile(counted, 0.75)],
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low = Number.NaN, high = low] = sorted.slice(Math.floor(place), Math.floor(place) + 2);
  return low + (high - low) * (place % 1);
}
