// @ts-check

/** @type {import('next').NextConfig} */
const config = {
  // The driver loads parts of itself by path and must not be bundled.
  serverExternalPackages: ['cassandra-driver'],
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  devIndicators: false,
  // Answers are compressed where it pays by whoever stands in front; streams must never wait in a compressor.
  compress: true,
};

module.exports = config;
