// Jest as it comes.
module.exports = { testMatch: ['<rootDir>/jest-*.test.cjs'] }
