// The same names for `import`: one set of classes, however the package is loaded.
export * from './index.js'
