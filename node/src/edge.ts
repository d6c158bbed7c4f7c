// What edge runtimes get in place of the package: they load no addons.
throw new Error(
  "hundredms needs Node, Bun or Deno: it has a native part, which edge runtimes (Next's edge runtime and middleware, Cloudflare Workers) do not load. In Next set `export const runtime = 'nodejs'` in the route; elsewhere call a server of your own.",
)

export {}
