// Bundle a server with webpack.
// --8<-- [start:config]
module.exports = {
  target: 'node',
  entry: './server.js',
  output: { filename: 'out.cjs' },
  externals: [/^hundredms(\/|$)/],
  externalsType: 'commonjs',
}
// --8<-- [end:config]
