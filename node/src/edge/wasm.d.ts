// The compiled core: `imports` in package.json names the file for each runtime.
declare module '#wasm' {
  /** The module, or what returns its bytes where a program may compile it. */
  const wasm: object | (() => Uint8Array<ArrayBuffer>)
  export default wasm
}
