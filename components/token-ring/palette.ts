/** One colour of the ring, for light surfaces and for dark ones. */
export interface PaletteColour {
  readonly light: string;
  readonly dark: string;
}

/**
 * Twelve colours that stay apart for people with any kind of colour vision. Both sets were searched for the largest
 * smallest distance between two colours in OKLab, as seen with full vision and simulated protanopia, deuteranopia and
 * tritanopia (Machado et al. 2009), at 3:1 or more against the surface.
 */
export const PALETTE: readonly PaletteColour[] = [
  { light: '#3c59d2', dark: '#a4b1f9' },
  { light: '#9c9800', dark: '#da6b01' },
  { light: '#790000', dark: '#6351cf' },
  { light: '#039fd0', dark: '#fae001' },
  { light: '#93535b', dark: '#8e526f' },
  { light: '#34497a', dark: '#1bfcfe' },
  { light: '#726400', dark: '#c0edb0' },
  { light: '#8b7fff', dark: '#00bfaa' },
  { light: '#460e95', dark: '#ab7bff' },
  { light: '#ca5ea2', dark: '#eda600' },
  { light: '#651c49', dark: '#0685b5' },
  { light: '#eb6b74', dark: '#c12825' },
];
