import type { Config } from 'tailwindcss';

/** Semantic names for what `app/globals.css` defines once for light and once for dark. Components use these alone. */
const TOKENS = [
  'canvas',
  'surface',
  'raised',
  'hover',
  'selected',
  'line',
  'line-strong',
  'ink',
  'muted',
  'faint',
  'accent',
  'accent-ink',
  'accent-soft',
  'ok',
  'ok-soft',
  'warn',
  'warn-soft',
  'danger',
  'danger-ink',
  'danger-soft',
  'key',
  'syntax-keyword',
  'syntax-string',
  'syntax-number',
  'syntax-type',
  'syntax-comment',
] as const;

const config: Config = {
  content: ['./app/**/*.{ts,tsx}', './components/**/*.{ts,tsx}'],
  theme: {
    extend: {
      colors: Object.fromEntries(TOKENS.map((name) => [name, `var(--${name})`])),
      fontFamily: {
        sans: ['ui-sans-serif', 'system-ui', 'sans-serif'],
        mono: ['JetBrains Mono Variable', 'ui-monospace', 'monospace'],
      },
      // A dense instrument: 13 px text on a 4-px rhythm.
      fontSize: {
        '2xs': ['11px', '16px'],
        xs: ['12px', '16px'],
        sm: ['13px', '20px'],
        base: ['14px', '20px'],
        lg: ['16px', '24px'],
        xl: ['20px', '28px'],
      },
      borderRadius: { sm: '3px', DEFAULT: '4px', md: '6px', lg: '8px' },
      boxShadow: { float: 'var(--shadow-float)' },
    },
  },
};

export default config;
