/** Whether a cluster's colour, `#` and six hex digits, warns: red is the usual mark of production. */
export function isRed(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return red >= 128 && green * 2 <= red && blue * 2 <= red;
}
