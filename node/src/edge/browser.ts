// What browsers get in place of the package.
throw new Error(
  'hundredms is for servers: in a browser, everyone could read the access key and the secret. Create the token on a server, and join with the SDK of 100ms for browsers. If this is a test that runs on Node with the conditions of a browser (Jest with jsdom), set `testEnvironmentOptions: { customExportConditions: ["node"] }`.',
)

export {}
