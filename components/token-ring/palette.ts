/** One colour of the ring, for light surfaces and for dark ones. */
export interface PaletteColour {
  readonly light: string;
  readonly dark: string;
}

/**
 * Twelve quiet colours that stay apart for people with any kind of colour vision. Both sets were searched for the largest
 * smallest distance between two colours in OKLab, as seen with full vision and simulated protanopia, deuteranopia and
 * tritanopia (Machado et al. 2009), at 3:1 or more against the surface, with an OKLCH chroma of at most 0.12, and away
 * from the red that marks a node as down. The first three, of a common ring, are furthest apart, then the first six.
 */
export const PALETTE: readonly PaletteColour[] = [
  { light: '#5897d6', dark: '#6f83c3' },
  { light: '#b98749', dark: '#ba9b40' },
  { light: '#357153', dark: '#5ad6c0' },
  { light: '#6e529a', dark: '#b6abfc' },
  { light: '#4b81a5', dark: '#5dacba' },
  { light: '#857505', dark: '#d7bb70' },
  { light: '#584503', dark: '#c4d0f3' },
  { light: '#712d45', dark: '#9196e5' },
  { light: '#7d9b82', dark: '#27786b' },
  { light: '#1f4584', dark: '#988b69' },
  { light: '#524e6d', dark: '#695ca6' },
  { light: '#796006', dark: '#776a15' },
];
