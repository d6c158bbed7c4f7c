// The types as CommonJS sees them.
import hundredms = require('hundredms')

export const make = (): hundredms.Client => new hundredms.Client({ token: async () => 'a' })
