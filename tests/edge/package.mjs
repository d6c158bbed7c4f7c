// The package, for programs elsewhere.
export * from 'hundredms/edge'
