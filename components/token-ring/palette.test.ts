import { describe, expect, it } from 'vitest';
import { COLOURS } from './appearance';
import { PALETTE } from './palette';

type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

const FULL: Matrix = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
/** Linear RGB as seen with full colour vision, and with one kind of cone missing (Machado, Oliveira, Fernandes 2009). */
const VISIONS: Readonly<Record<string, Matrix>> = {
  full: FULL,
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const TO_CONES: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_OKLAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

const dot = (a: Vector, b: Vector) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const apply = (m: Matrix, v: Vector): Vector => [dot(m[0], v), dot(m[1], v), dot(m[2], v)];
const map = (v: Vector, change: (part: number) => number): Vector => [change(v[0]), change(v[1]), change(v[2])];

function linear(hex: string): Vector {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return map([part(1), part(3), part(5)], (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
}

function seen(hex: string, vision: Matrix): Vector {
  const rgb = map(apply(vision, linear(hex)), (c) => Math.min(1, Math.max(0, c)));
  return apply(TO_OKLAB, map(apply(TO_CONES, rgb), Math.cbrt));
}

function apart(a: Vector, b: Vector): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [a, b]
    .map((hex) => dot([0.2126, 0.7152, 0.0722], linear(hex)) + 0.05)
    .sort((left, right) => left - right);
  return high / low;
}

const THEMES = [
  { theme: 'light', surface: '#ffffff', danger: '#b1241c', colours: PALETTE.map(({ light }) => light) },
  { theme: 'dark', surface: '#14181c', danger: '#ff8f85', colours: PALETTE.map(({ dark }) => dark) },
] as const;

describe.each(THEMES)('the palette for $theme surfaces', ({ surface, danger, colours }) => {
  it('has a colour for every node that gets one', () => {
    expect(new Set(colours).size).toBe(COLOURS);
  });

  it('stands out from the surface', () => {
    for (const colour of colours) expect(contrast(colour, surface), colour).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.entries(VISIONS))('keeps every two colours apart: %s', (_, vision) => {
    const points = colours.map((hex) => seen(hex, vision));
    for (const [index, a] of points.entries()) {
      for (const [other, b] of points.slice(0, index).entries()) {
        // Two colours a just noticeable difference apart are 0.02 away from each other in OKLab.
        const least = index < 3 ? 0.12 : index < 6 ? 0.08 : 0.06;
        expect(apart(a, b), `${colours[index]} and ${colours[other]}`).toBeGreaterThan(least);
      }
    }
  });

  it('is quiet', () => {
    for (const hex of colours) {
      const [, a, b] = seen(hex, FULL);
      expect(Math.hypot(a, b), hex).toBeLessThan(0.12);
    }
  });

  it('leaves red to nodes that are down', () => {
    expect(contrast(danger, surface)).toBeGreaterThanOrEqual(3);
    for (const hex of colours) expect(apart(seen(hex, FULL), seen(danger, FULL)), hex).toBeGreaterThan(0.12);
  });
});
