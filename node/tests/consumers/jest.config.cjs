// Jest as it comes, with a transform for TypeScript.
module.exports = {
  testMatch: ['<rootDir>/jest-*.test.{cjs,ts}'],
  transform: { '\\.ts$': '<rootDir>/jest-typescript.cjs' },
}
