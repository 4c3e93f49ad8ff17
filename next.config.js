// @ts-check
const { PHASE_DEVELOPMENT_SERVER, PHASE_PRODUCTION_BUILD } = require('next/constants');

/** Pages of `next dev` alone end in `.dev.tsx`: to a build they are no pages, so nothing of them is in it. */
const PAGE_EXTENSIONS = ['ts', 'tsx'];

/**
 * Modules of less than 50,000 bytes of source are copied into each chunk that needs them, unless this says less. zod and
 * the endpoints are smaller, and a table page would load them three times.
 */
const CHUNKING = { minChunkSize: 32_000 };

/** @type {(phase: string) => import('next').NextConfig} */
const configOf = (phase) => ({
  pageExtensions: phase === PHASE_DEVELOPMENT_SERVER ? [...PAGE_EXTENSIONS, 'dev.tsx'] : PAGE_EXTENSIONS,
  // The driver loads parts of itself by path and must not be bundled.
  serverExternalPackages: ['cassandra-driver'],
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // Checking types takes longer than all the rest of a build. `npm start` builds what was checked before it was
  // committed, and `npm test` checks by itself.
  typescript: { ignoreBuildErrors: process.env.RINGSIDE_TYPES_CHECKED === 'elsewhere' },
  devIndicators: false,
  // Answers are compressed where it pays by whoever stands in front; streams must never wait in a compressor.
  compress: true,
});

/**
 * A build gives the browser only the part of zod that it uses; the server has all of it.
 * @param {string} phase
 * @returns {Promise<import('next').NextConfig>}
 */
module.exports = async (phase) => {
  const config = configOf(phase);
  if (phase !== PHASE_PRODUCTION_BUILD) return config;
  const { bundleZodMini } = await import('./scripts/support/zod-mini.mjs');
  return {
    ...config,
    turbopack: { resolveAlias: { 'zod/mini': { browser: await bundleZodMini() } } },
    experimental: { turbopackChunking: CHUNKING },
  };
};
