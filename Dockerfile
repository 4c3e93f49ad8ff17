# Ringside only: it connects to the configured clusters (see docs/installation.md). compose.yaml adds a Cassandra.
# Any Debian with Node 24, npm and a user with the id 1000 will do, such as one of your own registry; without apt, one that
# has `ssh` already.
ARG NODE_IMAGE=node:24-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /ringside
# Types were checked before this was committed.
ENV NEXT_TELEMETRY_DISABLED=1 RINGSIDE_TYPES_CHECKED=elsewhere
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && node scripts/ringside.mjs --version
# What is inside, as CycloneDX. It lists what was bundled into the page, too.
RUN npm sbom --omit=dev --package-lock-only --sbom-format=cyclonedx > sbom.json
# Compilers, the demo's data and image formats: needed for the build and by `npm start`, not to serve.
RUN npm prune --omit=dev --no-audit --no-fund \
  && rm -rf .next/cache node_modules/.bin node_modules/.package-lock.json \
    node_modules/@next/swc-* node_modules/@img node_modules/sharp \
    node_modules/@tailwindcss node_modules/tailwindcss node_modules/lightningcss* \
    node_modules/esbuild node_modules/@esbuild node_modules/vega-datasets node_modules/njre

FROM ${NODE_IMAGE}
WORKDIR /ringside
# The system's ssh, for clusters behind an SSH host.
RUN command -v ssh > /dev/null || (apt-get update && apt-get install -y --no-install-recommends openssh-client \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/*)
# Nothing is installed in a running container.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack \
    /usr/local/bin/yarn /usr/local/bin/yarnpkg /opt/yarn* \
  # The command line, bundled: `docker compose exec ringside ringside export …`.
  && printf '#!/bin/sh\nexec node /ringside/terminal/ringside.mjs "$@"\n' > /usr/local/bin/ringside \
  && chmod +x /usr/local/bin/ringside \
  && mkdir /data && chown 1000:1000 /data && chmod 700 /data
COPY --from=build /ringside/package.json /ringside/next.config.js /ringside/sbom.json /ringside/LICENSE ./
COPY --from=build /ringside/node_modules node_modules
COPY --from=build /ringside/.next .next
COPY --from=build /ringside/public public
COPY --from=build /ringside/server server
COPY --from=build /ringside/.ringside/terminal/ringside.mjs terminal/ringside.mjs
COPY --from=build /ringside/.ringside/connect-test/program.mjs .ringside/connect-test/program.mjs
# The threads that write an export's parts, for the server and the command line.
COPY --from=build /ringside/.ringside/export-thread/program.mjs .ringside/export-thread/program.mjs
COPY --from=build /ringside/.ringside/export-thread/program.mjs terminal/export-thread.mjs
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 RINGSIDE_DATA_DIR=/data
# `docker stop` kills after 10 s.
ENV RINGSIDE_STOP_SECONDS=8
# All addresses of the container; publishing the port decides who can reach them. There is no sign-in: publish to 127.0.0.1
# only.
ENV HOST=0.0.0.0 PORT=3000 RINGSIDE_PUBLISHED_BY=container
# By number, so that an orchestrator sees that it is not root. Only /data and /tmp are written to: the root may be read-only.
USER 1000:1000
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["node", "server/healthy.mjs"]
CMD ["node", "server/main.mjs"]
