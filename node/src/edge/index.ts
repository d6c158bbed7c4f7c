// The package for runtimes that load no addons: the same classes, over the core as WebAssembly.
export * from '../index'
