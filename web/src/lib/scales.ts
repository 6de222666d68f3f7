/** Scales of plots: where a value stands between nothing and the whole width, and which values are written along it. */

interface Scale {
  /** Share of the width, 0 to 1. */
  at(value: number): number;
  readonly ticks: readonly number[];
}

const STEEP = 200; // a span this many times its least value is drawn by powers of ten

/** A scale from 0 to `most`; by powers of ten where the least value above zero would else be no more than a dot. */
export function countScale(values: readonly number[], { ticks = 4 } = {}): Scale {
  const most = Math.max(1, ...values);
  const least = Math.min(most, ...values.filter((value) => value > 0));
  if (most / least < STEEP) {
    const step = roundStep(most / ticks);
    const top = Math.max(step, Math.ceil(most / step) * step);
    return { at: (value) => clamp(value / top), ticks: Array.from({ length: Math.round(top / step) + 1 }, (_, at) => at * step) };
  }
  const powers = Math.ceil(Math.log10(most + 1));
  return { at: (value) => clamp(Math.log10(Math.max(0, value) + 1) / Math.log10(10 ** powers + 1)), ticks: [0, ...Array.from({ length: powers + 1 }, (_, at) => 10 ** at)] };
}

/** 1, 2 or 5 times a power of ten that is at least the value, and at least 1: counts have no fractions. */
function roundStep(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Day number of an ISO day, counted from 1970. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 86_400_000);
}

export function isoDay(number: number): string {
  return new Date(number * 86_400_000).toISOString().slice(0, 10);
}
