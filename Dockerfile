# Ringside only: it connects to the configured clusters (see README.md). compose.yaml adds a Cassandra.
FROM node:24-slim AS build
WORKDIR /ringside
ENV NEXT_TELEMETRY_DISABLED=1
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build && node scripts/ringside.mjs --version && npm prune --omit=dev --no-audit --no-fund && rm -rf .next/cache

FROM node:24-slim
WORKDIR /ringside
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 RINGSIDE_DATA_DIR=/data
COPY --from=build /ringside/package.json /ringside/next.config.js ./
COPY --from=build /ringside/node_modules node_modules
COPY --from=build /ringside/.next .next
COPY --from=build /ringside/public public
COPY --from=build /ringside/server server
COPY --from=build /ringside/.ringside/terminal/ringside.mjs terminal/ringside.mjs
COPY --from=build /ringside/.ringside/connect-test/program.mjs .ringside/connect-test/program.mjs
# The command line, bundled: `docker compose exec ringside ringside export …`.
RUN printf '#!/bin/sh\nexec node /ringside/terminal/ringside.mjs "$@"\n' > /usr/local/bin/ringside \
  && chmod +x /usr/local/bin/ringside
# Next writes its cache of pages and images there.
RUN mkdir /data && chown -R node:node /data .next
USER node
VOLUME /data
EXPOSE 3000
# All addresses of the container; publishing the port decides who can reach them. There is no sign-in: publish to 127.0.0.1
# only.
ENV HOST=0.0.0.0 PORT=3000 RINGSIDE_PUBLISHED_BY=container
CMD ["node", "server/main.mjs"]
