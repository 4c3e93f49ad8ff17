// @ts-check

/** @type {import('next').NextConfig} */
const config = {
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
};

module.exports = config;
