/** Something that gives another figure each time it is measured. */
export interface Side {
  readonly name: string;
  sample(): Promise<number>;
  /** Makes what is measured anew. */
  restart?(): Promise<void>;
}

/** Two sides to compare. Sides that several pairs share are measured once a round. */
export interface Pair {
  readonly contender: Side;
  readonly reference: Side;
  /** The ratio that it should not exceed. */
  readonly target?: number | undefined;
  /** What the contender itself should not exceed. */
  readonly most?: number | undefined;
}

export interface Comparison extends Pair {
  readonly medians: readonly [contender: number, reference: number];
  /** The quartiles of the rounds' own ratios. What disturbs the machine for a while disturbs both sides of a round. */
  readonly ratios: readonly [lower: number, median: number, upper: number];
}

/** Measures every side once a round, forwards and backwards by turns: neither of a pair is always the first. */
export async function compare(
  pairs: readonly Pair[],
  { rounds, warmUps, starts }: { rounds: number; warmUps: number; starts: number },
): Promise<Comparison[]> {
  const samples = new Map<Side, number[]>();
  for (const { contender, reference } of pairs) samples.set(contender, []).set(reference, []);

  const roundsAStart = Math.ceil(rounds / starts);
  for (let done = 0; done < rounds; done += roundsAStart) {
    await Promise.all([...samples.keys()].map((side) => side.restart?.()));
    for (let round = -warmUps; round < Math.min(roundsAStart, rounds - done); round++) {
      const sides = [...samples.keys()];
      for (const side of round % 2 === 0 ? sides : sides.reverse()) {
        const figure = await side.sample();
        if (round >= 0) samples.get(side)?.push(figure);
      }
    }
  }

  return pairs.map((pair) => {
    const ours = samples.get(pair.contender) ?? [];
    const theirs = samples.get(pair.reference) ?? [];
    const ratios = ours.map((figure, round) => figure / (theirs[round] ?? Number.NaN));
    return {
      ...pair,
      medians: [quantile(ours, 0.5), quantile(theirs, 0.5)],
      ratios: [quantile(ratios, 0.25), quantile(ratios, 0.5), quantile(ratios, 0.75)],
    };
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [low = Number.NaN, high = low] = sorted.slice(Math.floor(place), Math.floor(place) + 2);
  return low + (high - low) * (place % 1);
}
